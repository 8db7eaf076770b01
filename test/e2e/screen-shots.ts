import type { Page } from 'playwright-core'
import { discovered, network } from '../fixtures/discovery.ts'
import { diskFull, failing } from '../fixtures/failing.ts'
import { failingModels, householdModels } from '../fixtures/household-models.ts'
import { filmClub, idFor, maple } from '../fixtures/household-peers.ts'
import { busy, calm, firstRun } from '../fixtures/snapshot.ts'
import { joinOrInvite, openMesh, press, type Shot } from './shot.ts'

/** What a screen is asked to show: nothing there yet, a day in use, everything going wrong, the node gone. */
type Condition = 'empty' | 'busy' | 'failing' | 'away'
type Shown = Omit<Shot, 'name'>

const shown = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
const failed = (page: Page) => page.getByText('There is no room left').first().waitFor()

const openPolicies = async (page: Page) => {
  await press(page, 'Actions for Maple Street')
  await page.getByRole('menuitem', { name: 'Policies…' }).click()
  await page.getByRole('dialog').getByText('Archive').waitFor()
}
const alone = () => firstRun({ meshes: { [maple.id]: { ...maple, members: 1, online: 1, admins: 1 } } })
const refusedJoin = () => {
  const { joins, ...rest } = busy({ requests: {}, health: {} })
  const problem = { code: 'unreachable', message: 'Nothing answers at 192.168.7.20 on port 3000.', action: 'Is the computer on?' } as const
  return {
    ...rest,
    joins: Object.fromEntries(Object.entries(joins).map(([id, join]) => [id, { ...join, state: 'failed' as const, problem }])),
  }
}

/** Every screen and dialog in every condition. A condition that cannot be is left out, with the reason. */
const screens: Record<string, Partial<Record<Condition, Shown>>> = {
  overview: {
    empty: { state: firstRun() },
    busy: { state: busy() },
    failing: { state: failing() },
    away: { state: calm(), away: true },
  },
  peers: {
    empty: { state: alone(), path: '#/peers' },
    busy: { state: busy(), path: '#/peers' },
    failing: { state: failing(), path: '#/peers' },
    away: { state: calm(), path: '#/peers', away: true },
  },
  // one that is not there any more is the list again
  peer: {
    busy: { state: busy(), path: `#/peers/${idFor('oskar-desktop')}` },
    failing: { state: failing(), path: `#/peers/${idFor('oskar-desktop')}` },
  },
  capabilities: {
    empty: { state: firstRun(), path: '#/capabilities' },
    busy: { state: busy(), path: '#/capabilities' },
    failing: { state: failing(), path: '#/capabilities', answers: { 'route.explain': diskFull } },
    away: { state: calm(), path: '#/capabilities', away: true },
  },
  models: {
    empty: { state: firstRun(), path: '#/models' },
    busy: { state: busy({ ai: householdModels() }), path: '#/models' },
    failing: { state: failing({ ai: failingModels() }), path: '#/models' },
    away: { state: calm({ ai: householdModels() }), path: '#/models', away: true },
  },
  services: {
    empty: { state: firstRun(), path: '#/services' },
    busy: { state: busy(), path: '#/services' },
    failing: { state: failing(), path: '#/services' },
    away: { state: calm(), path: '#/services', away: true },
  },
  audit: {
    empty: { state: firstRun(), path: '#/activity', answers: { 'audit.list': [] } },
    busy: { state: busy(), path: '#/activity' },
    failing: { state: failing(), path: '#/activity', answers: { 'audit.list': diskFull }, act: failed },
    away: { state: calm(), path: '#/activity', away: true },
  },
  requests: {
    empty: { state: firstRun(), path: '#/activity/requests', answers: { 'route.list': [] } },
    busy: { state: busy(), path: '#/activity/requests' },
    failing: { state: failing(), path: '#/activity/requests', answers: { 'route.list': diskFull }, act: failed },
    away: { state: calm(), path: '#/activity/requests', away: true },
  },
  settings: {
    empty: { state: firstRun(), path: '#/settings' },
    busy: { state: busy(), path: '#/settings' },
    failing: { state: failing(), path: '#/settings', answers: { 'key.show': diskFull, 'settings.update': diskFull } },
    away: { state: calm(), path: '#/settings', away: true },
  },
  // it always has something to say
  doctor: {
    busy: { state: calm(), path: '#/settings/doctor' },
    failing: { state: failing(), path: '#/settings/doctor', answers: { 'doctor.run': diskFull }, act: failed },
  },
  join: {
    empty: { state: firstRun(), act: (page) => press(page, 'Join by URL or invite') },
    busy: { state: calm({ network, discovered }), act: (page) => joinOrInvite(page, 'Join a mesh') },
    failing: {
      state: refusedJoin(),
      async act(page) {
        await press(page, 'Show')
        await shown(page, 'Nothing answers at 192.168.7.20')
      },
    },
  },
  // it opens only when somebody asks
  approve: {
    busy: {
      state: busy(),
      async act(page) {
        await press(page, 'Review…')
        await page.locator('.dialog-footer button:enabled', { hasText: 'Codes match, approve' }).waitFor()
      },
    },
    failing: {
      state: busy(),
      answers: { 'request.approve': diskFull },
      async act(page) {
        await press(page, 'Review…', 'Codes match, approve')
        await failed(page)
      },
    },
  },
  invite: {
    empty: { state: calm({ invites: {} }), act: (page) => joinOrInvite(page, 'Invite…') },
    busy: {
      state: calm(),
      async act(page) {
        await joinOrInvite(page, 'Invite…')
        await press(page, 'Create invite')
        await shown(page, 'shown this once')
      },
    },
    failing: {
      state: calm(),
      answers: { 'invite.create': diskFull },
      async act(page) {
        await joinOrInvite(page, 'Invite…')
        await press(page, 'Create invite')
        await failed(page)
      },
    },
  },
  mesh: {
    empty: { state: alone(), act: (page) => openMesh(page) },
    busy: { state: busy(), act: (page) => openMesh(page) },
    failing: {
      state: calm(),
      answers: { 'mesh.rename': diskFull },
      async act(page) {
        await openMesh(page)
        await page.getByRole('dialog').getByLabel('Name of the mesh').fill('Garden Lane')
        await press(page, 'Rename')
        await failed(page)
      },
    },
  },
  policies: {
    empty: { state: calm({ policies: {}, meshes: { [maple.id]: maple, [filmClub.id]: filmClub } }), act: openPolicies },
    busy: {
      state: busy(),
      async act(page) {
        await openPolicies(page)
        await page.getByRole('dialog').getByRole('button', { name: /^AI/u }).click()
      },
    },
    failing: {
      state: calm(),
      answers: { 'policy.set': diskFull },
      async act(page) {
        await openPolicies(page)
        await page.getByRole('dialog').getByRole('button', { name: /^AI/u }).click()
        await page.getByLabel('through a relay').first().click()
        await press(page, 'Save for everybody')
        await failed(page)
      },
    },
  },
}

/** The matrix: `screen-<screen>-<condition>`. */
export const screenShots: Shot[] = Object.entries(screens).flatMap(([screen, conditions]) =>
  Object.entries(conditions).map(([condition, shot]) => ({ name: `screen-${screen}-${condition}`, ...shot })),
)
