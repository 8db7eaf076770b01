import type { Page } from 'playwright-core'
import type { HealthWarning, Snapshot } from '../../electron/contract/snapshot.ts'
import { network } from '../fixtures/discovery.ts'
import { fixtureTime, idFor, maple } from '../fixtures/household-peers.ts'
import { busy, calm, firstRun } from '../fixtures/snapshot.ts'
import { stillTraffic, youngTraffic } from '../fixtures/traffic.ts'
import { press, type Shot } from './shot.ts'

/** Every width at which something is laid out differently. */
const widths = Object.fromEntries([320, 720, 1080, 1920, 2560].map((width) => [String(width), { width, height: width < 720 ? 800 : 1080 }]))
/** As much as there is, so that all of a screen can be looked at. */
const tall = { tall: { width: 1280, height: 1400 }, 'tall-narrow': { width: 420, height: 2600 } }

const warning = (code: string, severity: HealthWarning['severity'], title: string, text: string, action: string): HealthWarning => ({
  ...{ code, severity, title, text, action, since: fixtureTime - 60_000 },
})

/** Three things a person can do something about. */
const warnings = (): Snapshot['health'] =>
  Object.fromEntries(
    [
      warning(
        `removed_from:${maple.id}`,
        'warning',
        'You were removed from Garden Lane by cellar-nas on 20 November',
        'What its members share is out of reach.',
        'If this is a mistake, ask cellar-nas to let you in again.',
      ),
      warning(
        'cloned_here',
        'error',
        'Another machine uses the identity of this node',
        'One is a copy of the other, by a restored backup or a cloned disk. Both are unreliable as long as both run.',
        'Make a new identity on the copy, or switch it off.',
      ),
      warning(
        `single_admin:${maple.id}`,
        'info',
        'This computer is the only admin of Maple Street',
        'If it is lost, nobody can let in or remove members any more.',
        'Make another member an admin, or export the recovery file.',
      ),
    ].map((one) => [one.code, one]),
  )

const inState = (state: Snapshot['node']['state'], more: Partial<Snapshot> = {}): Snapshot =>
  calm({ node: { ...calm().node, state }, ...more })

const asked = (): Snapshot => {
  const [first] = Object.values(busy().requests)
  if (first === undefined) throw new Error('nobody asks in the fixture')
  const requests = ['lena-dock', 'oskar-phone', 'guest-laptop'].map((name, index) => ({
    ...first,
    ...{ id: `r${index}`, node: { id: idFor(name), name }, createdAt: first.createdAt - index * 90_000 },
  }))
  return busy({ joins: {}, health: {}, requests: Object.fromEntries(requests.map((request) => [request.id, request])) })
}

const allOffline = (): Snapshot['peers'] =>
  Object.fromEntries(Object.values(calm().peers).map((peer) => [peer.id, { ...peer, state: 'offline' as const, path: null }]))
const allChecking = (): Snapshot['peers'] =>
  Object.fromEntries(Object.values(calm().peers).map((peer, index) => [peer.id, index < 2 ? peer : { ...peer, state: 'suspect' as const }]))
/** Nobody else is online in any mesh. */
const nobody = (): Pick<Snapshot, 'meshes' | 'peers' | 'rates'> => ({
  meshes: Object.fromEntries(Object.values(calm().meshes).map((mesh) => [mesh.id, { ...mesh, online: 1 }])),
  peers: allOffline(),
  rates: {},
})
const onlyHere = { [maple.id]: { ...maple, members: 1, online: 1 } }

const overChart = async (page: Page) => {
  const chart = page.getByRole('slider')
  await chart.scrollIntoViewIfNeeded()
  const box = await chart.boundingBox()
  if (box === null) throw new Error('there is no chart')
  await page.mouse.move(box.x + box.width * 0.6, box.y + 40)
}
const showChart = (page: Page) => page.getByRole('slider').scrollIntoViewIfNeeded()

/** Overview and Activity in every state worth looking at. */
export const overviewShots: Shot[] = [
  { name: 'overview-busy', state: busy() },
  { name: 'overview-calm', state: calm() },
  { name: 'overview-width', state: busy({ joins: {}, health: {} }), sizes: widths },
  { name: 'overview-all', state: busy({ joins: {}, health: {} }), sizes: tall },
  { name: 'overview-requests', state: asked() },
  { name: 'overview-requests-all', state: asked(), act: (page) => press(page, '2 more requests') },
  { name: 'overview-warnings', state: busy({ requests: {}, joins: {}, health: warnings() }) },
  {
    name: 'overview-warnings-all',
    state: busy({ requests: {}, joins: {}, health: warnings() }),
    act: (page) => press(page, '2 more warnings'),
  },
  {
    name: 'overview-alone',
    state: inState('alone', { network, ...nobody() }),
    answers: { 'traffic.history': stillTraffic },
  },
  {
    name: 'overview-alone-in-mesh',
    state: inState('alone', { meshes: onlyHere, peers: {}, rates: {} }),
    answers: { 'traffic.history': youngTraffic },
  },
  {
    name: 'overview-paused',
    state: inState('paused', { sharing: { ...calm().sharing, pause: { until: fixtureTime + 49 * 60_000, since: fixtureTime } } }),
  },
  { name: 'overview-reconnecting', state: inState('online', { peers: allChecking() }) },
  {
    name: 'overview-no-network',
    state: inState('alone', {
      peers: allOffline(),
      rates: {},
      health: {
        no_network: warning('no_network', 'info', 'No network', 'Nothing is lost; sharing goes on when it is back.', 'Plug in the cable.'),
      },
    }),
  },
  { name: 'overview-unreachable', state: calm(), away: true },
  { name: 'overview-chart', state: calm(), act: overChart },
  { name: 'overview-chart-still', state: calm({ rates: {} }), answers: { 'traffic.history': stillTraffic }, act: showChart },
  { name: 'overview-chart-young', state: calm(), answers: { 'traffic.history': youngTraffic }, act: showChart },
  {
    name: 'overview-chart-fails',
    state: calm(),
    answers: { 'traffic.history': { error: { code: 'internal', message: 'The node could not tell.' } } },
    act: showChart,
  },
  {
    name: 'overview-chart-table',
    state: calm(),
    act: async (page) => {
      await page.getByRole('region', { name: 'Traffic' }).getByRole('button', { name: 'Show as a table' }).click()
      await page.getByRole('columnheader', { name: 'Until' }).scrollIntoViewIfNeeded()
    },
  },
  { name: 'activity', state: calm(), path: '#/activity' },
  { name: 'activity-width', state: calm(), path: '#/activity', sizes: widths },
  { name: 'activity-of-peer', state: calm(), path: `#/activity?peer=${idFor('mia-laptop')}&period=week` },
  { name: 'activity-empty', state: firstRun(), path: '#/activity', answers: { 'audit.list': [] } },
  { name: 'activity-none', state: calm(), path: '#/activity?text=zz', answers: { 'audit.list': [] } },
  {
    name: 'activity-fails',
    state: calm(),
    path: '#/activity',
    answers: { 'audit.list': { error: { code: 'internal', message: 'The log cannot be read.', action: 'Look at the disk.' } } },
  },
  { name: 'activity-unreachable', state: calm(), path: '#/activity', away: true },
  { name: 'activity-export', state: calm(), path: '#/activity', act: (page) => press(page, 'Export…') },
  { name: 'activity-checked', state: calm(), path: '#/activity', act: (page) => press(page, 'Check the log') },
  { name: 'requests', state: calm(), path: '#/activity/requests' },
  { name: 'requests-width', state: calm(), path: '#/activity/requests', sizes: widths },
  { name: 'requests-failed', state: calm(), path: '#/activity/requests', act: (page) => press(page, /asked for Compute/u) },
  { name: 'requests-done', state: calm(), path: '#/activity/requests', act: (page) => press(page, /mia-laptop.asked/u) },
  { name: 'requests-empty', state: firstRun(), path: '#/activity/requests', answers: { 'route.list': [] } },
]
