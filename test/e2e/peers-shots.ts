import type { Page } from 'playwright-core'
import type { AuditEntry } from '../../electron/contract/audit.ts'
import type { Snapshot } from '../../electron/contract/snapshot.ts'
import type { Answers } from '../fakes/page-server.ts'
import { auditLog } from '../fixtures/answers.ts'
import { filmClub, fixtureTime, gone, idFor, maple } from '../fixtures/household-peers.ts'
import { meshOfSize } from '../fixtures/hubs.ts'
import { busy, calm, firstRun } from '../fixtures/snapshot.ts'
import { press, type Shot } from './shot.ts'

const details = (id: string) => `#/peers/${encodeURIComponent(id)}`

/** What the log says about one peer, as the node would pick it out. */
function logAbout(name: string): Answers {
  const of = auditLog.filter(({ actor, subject }) => actor === name || subject === name)
  const approved: AuditEntry = {
    ...(auditLog[0] as AuditEntry),
    ...{ seq: 0, at: fixtureTime - 41 * 86_400_000, action: 'member.approved', outcome: 'ok', actor: 'studio-desktop' },
    ...{ actorId: idFor('studio-desktop'), subject: name, subjectId: idFor(name), details: { mesh: maple.name, how: 'code' } },
  }
  return { 'audit.list': [...of, approved] }
}

/** Uses AI of kitchen-mini and storage of attic-nas. */
const using = (): Snapshot['rates'] =>
  Object.fromEntries(
    [
      ['ai', 'kitchen-mini'],
      ['storage', 'attic-nas'],
    ].map(([what = '', name = '']) => {
      const id = `to ${what} ${idFor(name)}`
      const peer = { id: idFor(name), name }
      return [id, { id, peer, what, direction: 'to' as const, underWay: 1, requestsPerSecond: 3, bytesPerSecond: 2_100_000 }]
    }),
  )

const withGone = () => calm({ peers: { ...calm().peers, ...Object.fromEntries(gone.map((peer) => [peer.id, peer])) } })
const bottom = (page: Page) => page.locator('.drawer').evaluate((drawer) => drawer.scrollTo(0, drawer.scrollHeight))

/** The list of peers at any size, and the details of every kind of peer. */
export const peersShots: Shot[] = [
  { name: 'peers-list', state: busy({ rates: using() }), path: '#/peers' },
  { name: 'peers-500', state: meshOfSize({ count: 500, hubs: 2 }), path: '#/peers' },
  {
    name: 'peers-500-end',
    state: meshOfSize({ count: 500, hubs: 2 }),
    path: '#/peers',
    async act(page) {
      await page.locator('.peer-row').first().focus()
      await page.keyboard.press('End')
    },
  },
  {
    name: 'peers-none-fits',
    state: meshOfSize({ count: 500, hubs: 2 }),
    path: '#/peers',
    act: (page) => page.getByLabel('Search peers').fill('printer'),
  },
  { name: 'peers-sort', state: calm(), path: '#/peers', act: (page) => press(page, /^Sort:/u) },
  { name: 'peers-detail-direct', state: calm({ rates: using() }), path: details(idFor('attic-nas')), answers: logAbout('attic-nas') },
  {
    name: 'peers-detail-end',
    state: calm(),
    path: details(idFor('kitchen-mini')),
    answers: logAbout('kitchen-mini'),
    act: bottom,
  },
  { name: 'peers-detail-used', state: calm(), path: details(idFor('mia-laptop')), answers: logAbout('mia-laptop'), act: bottom },
  { name: 'peers-detail-checking', state: calm(), path: details(idFor('workshop-pc')), answers: { 'audit.list': [] } },
  { name: 'peers-detail-offline', state: calm(), path: details(idFor('grandma-laptop')), answers: { 'audit.list': [] } },
  { name: 'peers-detail-legacy', state: calm(), path: details('http://192.168.1.77:3000'), answers: { 'audit.list': [] } },
  { name: 'peers-detail-removed', state: withGone(), path: details(idFor('shed-mini')), answers: logAbout('shed-mini') },
  { name: 'peers-detail-blocked', state: withGone(), path: details(idFor('old-phone')), answers: { 'audit.list': [] }, act: bottom },
  { name: 'peers-detail-unknown', state: calm(), path: details('NOBODY2X-WPA4HNU-5SYB2RC-TJE6LQZ') },
  {
    name: 'peers-detail-no-log',
    state: calm(),
    path: details(idFor('mia-laptop')),
    answers: { 'audit.list': { error: { code: 'internal', message: 'The audit log cannot be read.', action: 'Is the disk full?' } } },
    act: bottom,
  },
  {
    name: 'peers-remove-offline',
    state: calm(),
    path: details(idFor('grandma-laptop')),
    act: (page) => press(page, 'Remove from mesh…'),
  },
  { name: 'peers-alone', state: firstRun({ meshes: { [maple.id]: { ...maple, members: 1, online: 1 } } }), path: '#/peers' },
  { name: 'peers-alone-member', state: firstRun({ meshes: { [filmClub.id]: { ...filmClub, members: 1, online: 1 } } }), path: '#/peers' },
]
