import type { Page } from 'playwright-core'
import type { JoinView, Snapshot } from '../../electron/contract/snapshot.ts'
import { discovered, network } from '../fixtures/discovery.ts'
import { fixtureTime, gone, idFor, maple } from '../fixtures/household-peers.ts'
import { busy, calm, firstRun } from '../fixtures/snapshot.ts'
import { syncTokens } from '../fixtures/sync.ts'
import { capabilityShots } from './capability-shots.ts'
import { modelsShots } from './models-shots.ts'
import { overviewShots } from './overview-shots.ts'
import { peersShots } from './peers-shots.ts'
import { relayShots } from './relay-shots.ts'
import { screenShots } from './screen-shots.ts'
import { settingsShots } from './settings-shots.ts'
import { setupShots } from './setup-shots.ts'
import { joinOrInvite, openMesh, press, type Shot } from './shot.ts'

/** Waits until a button that sleeps at first can be pressed. */
const awake = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).and(page.locator(':enabled')).waitFor()
const openShown = (page: Page) => page.getByRole('button', { name: 'Show', exact: true }).click()

const openPolicies = async (page: Page, mesh: string) => {
  await page.getByRole('button', { name: `Actions for ${mesh}` }).click()
  await page.getByRole('menuitem', { name: 'Policies…' }).click()
  await page.getByRole('dialog').getByText('Archive').waitFor()
}

/** The join of the fixtures, further on. */
function joinAt(state: JoinView['state'], confirmed: boolean): Snapshot {
  const { joins, ...rest } = busy({ requests: {}, health: {} })
  return { ...rest, joins: Object.fromEntries(Object.entries(joins).map(([id, join]) => [id, { ...join, state, confirmed }])) }
}

/** Somebody who was removed before asks again, with an invite whose inviter wanted to be asked. */
function askedWithInvite(): Snapshot {
  const state = busy({ joins: {}, health: {} })
  const requests = Object.values(state.requests).map((request) => ({
    ...request,
    code: null,
    invite: { id: 'inv-1', note: 'Grandma’s laptop' },
    removedBefore: { by: { id: idFor('attic-nas'), name: 'attic-nas' }, at: fixtureTime - 2 * 86_400_000 },
  }))
  return { ...state, requests: Object.fromEntries(requests.map((request) => [request.id, request])) }
}

/** A mesh that hangs on this computer alone. */
const singleAdmin = () => calm({ meshes: { [maple.id]: { ...maple, admins: 1 } }, peers: membersOnly() })
const membersOnly = () =>
  Object.fromEntries(
    Object.values(calm().peers).map((peer) => [peer.id, { ...peer, role: 'member' as const, roles: { [maple.id]: 'member' as const } }]),
  )

const byId = <T extends { id: string }>(list: readonly T[]) => Object.fromEntries(list.map((entry) => [entry.id, entry]))

const openJoin = (page: Page) => joinOrInvite(page, 'Join a mesh')

/** Every screen and dialog in the states worth looking at. */
export const shots: Shot[] = [
  { name: 'first-run', state: firstRun() },
  ...screenShots,
  ...overviewShots,
  ...relayShots,
  ...settingsShots,
  ...peersShots,
  ...setupShots,
  { name: 'peers', state: busy(), path: '#/peers' },
  { name: 'peers-drawer', state: calm(), path: `#/peers/${idFor('oskar-desktop')}` },
  { name: 'peers-legacy', state: calm(), path: `#/peers/${encodeURIComponent('http://192.168.1.77:3000')}` },
  {
    name: 'peers-empty',
    state: firstRun({ meshes: { [maple.id]: { ...maple, members: 1, online: 1 } } }),
    path: '#/peers',
  },
  { name: 'capabilities', state: calm(), path: '#/capabilities' },
  ...capabilityShots,
  ...modelsShots,
  {
    name: 'capabilities-who-serves',
    state: calm(),
    path: '#/capabilities',
    act: (page) => page.getByText('other nodes do not offer it').scrollIntoViewIfNeeded(),
  },
  {
    name: 'peers-offers',
    state: calm(),
    path: `#/peers/${idFor('oskar-desktop')}`,
    act: (page) => page.getByRole('heading', { name: 'What it offers' }).scrollIntoViewIfNeeded(),
  },
  {
    name: 'settings-network',
    state: calm(),
    path: '#/settings',
    act: (page) => page.getByText('Connection paid by volume').scrollIntoViewIfNeeded(),
  },
  { name: 'services', state: calm(), path: '#/services' },
  { name: 'settings', state: calm(), path: '#/settings' },
  {
    name: 'settings-sync-hubs',
    state: calm(),
    path: '#/settings',
    act: (page) => page.getByRole('button', { name: 'Remove hub.example' }).scrollIntoViewIfNeeded(),
  },
  {
    name: 'settings-sync-token',
    state: calm(),
    path: '#/settings',
    answers: { 'sync.token.create': { token: syncTokens[1] as (typeof syncTokens)[number], secret: `fcnsync_${'Ab3-_x7Q'.repeat(5)}abc` } },
    act: async (page) => {
      await press(page, 'New token…')
      await page.getByLabel('Who it is for').fill('Old NAS')
      await press(page, 'Create token')
      await page.getByText('This is shown this once').waitFor()
    },
  },
  {
    name: 'settings-sync-add',
    state: calm(),
    path: '#/settings',
    act: async (page) => {
      await press(page, 'Add hub…')
      await page.getByLabel('Address of the hub').fill('http://192.168.1.20:3000')
    },
  },
  {
    name: 'settings-security',
    state: calm({ node: { ...calm().node, face: 'desktop', keyProtection: { kind: 'keystore', backend: 'gnome_libsecret', why: null } } }),
    path: '#/settings',
    act: (page) =>
      page
        .getByRole('heading', { name: 'Security' })
        .scrollIntoViewIfNeeded()
        .then(() => page.getByText('Make a new identity…').scrollIntoViewIfNeeded()),
  },
  {
    name: 'settings-encrypted-only',
    state: calm(),
    path: '#/settings',
    act: (page) => page.getByRole('switch', { name: 'Encrypted peers only' }).press('Space'),
  },
  {
    name: 'identity-renew',
    state: calm(),
    path: '#/settings',
    act: (page) => press(page, 'Make a new identity…'),
  },
  { name: 'peers-gone', state: calm({ peers: { ...calm().peers, ...byId(gone) } }), path: `#/peers/${idFor('old-phone')}` },
  { name: 'peers-was-removed', state: calm({ peers: { ...calm().peers, ...byId(gone) } }), path: `#/peers/${idFor('shed-mini')}` },
  {
    name: 'peers-remove',
    state: calm(),
    path: `#/peers/${idFor('grandma-laptop')}`,
    act: (page) => press(page, 'Remove from mesh…'),
  },
  {
    name: 'peers-access',
    state: calm(),
    path: `#/peers/${idFor('oskar-desktop')}`,
    act: (page) => page.getByText('Everything else').last().scrollIntoViewIfNeeded(),
  },
  { name: 'doctor', state: calm(), path: '#/settings/doctor' },
  {
    name: 'settings-discovery',
    state: calm({ network }),
    path: '#/settings',
    act: (page) => page.getByText('Others do not reach this computer?').scrollIntoViewIfNeeded(),
  },
  { name: 'join-network', state: calm({ network, discovered }), act: openJoin },
  {
    name: 'join-nobody',
    state: calm({ network }),
    async act(page) {
      await openJoin(page)
      await page.getByText('Looking since').waitFor()
      await page.clock.setFixedTime(fixtureTime + 8_000)
      await page.getByText('No node shows itself').waitFor()
    },
  },
  {
    name: 'join-scanning',
    state: calm({
      discovered,
      network: { ...network, scan: { state: 'running', done: 150, total: 253, found: 1, startedAt: fixtureTime } },
    }),
    act: openJoin,
  },
  {
    name: 'join-url',
    state: calm(),
    async act(page) {
      await openJoin(page)
      await page.getByLabel('URL of any node in the mesh').fill('http://192.168.7.20:3000')
      await page.getByText('Encrypted connection available').waitFor()
    },
  },
  {
    name: 'join-waiting',
    state: busy(),
    async act(page) {
      await press(page, 'Compare…')
      await page.getByText('Waiting for approval on cellar-nas').last().waitFor()
    },
  },
  {
    name: 'approve',
    state: busy(),
    async act(page) {
      await press(page, 'Review…')
      await awake(page, 'Codes match, approve')
    },
  },
  {
    name: 'approve-differ',
    state: busy(),
    act: (page) => press(page, 'Review…', 'Codes differ'),
  },
  {
    name: 'approve-never',
    state: busy(),
    act: (page) => press(page, 'Review…', 'Never'),
  },
  {
    name: 'approve-again',
    state: askedWithInvite(),
    async act(page) {
      await press(page, 'Review…')
      await awake(page, 'Approve')
    },
  },
  {
    name: 'join-invite',
    state: calm(),
    async act(page) {
      await openJoin(page)
      await page.getByText('With an invite').click()
      await page
        .getByLabel('Invite, as a link or as text')
        .fill('fcn1.AQBPbW2v1rK0mQ4fCk8uJx7Zt3GhD9sWc5yLqXeNVoRbTaHiYpEwMzUgIjSdFkAlB2Cn6OvP1QrSt8Uw0XyZa4Bc7De9')
      await page.getByText('Valid, runs out').waitFor()
    },
  },
  {
    name: 'join-differ',
    state: busy(),
    async act(page) {
      await press(page, 'Compare…', 'The codes differ')
      await page.getByText('Nothing was shared').waitFor()
    },
  },
  { name: 'join-confirmed', state: joinAt('waiting', true), act: openShown },
  { name: 'join-confirming', state: joinAt('confirming', false), act: (page) => press(page, 'Compare…') },
  {
    name: 'invite',
    state: calm(),
    act: (page) => joinOrInvite(page, 'Invite…'),
  },
  {
    name: 'invite-made',
    state: calm(),
    async act(page) {
      await joinOrInvite(page, 'Invite…')
      await press(page, 'Create invite')
      await page.getByText('shown this once').waitFor()
    },
  },
  {
    name: 'invite-list',
    state: calm(),
    async act(page) {
      await joinOrInvite(page, 'Invite…')
      await page.getByText('3 made before').click()
    },
  },
  { name: 'mesh', state: singleAdmin(), act: (page) => openMesh(page) },
  { name: 'policies', state: calm(), act: (page) => openPolicies(page, 'Maple Street') },
  {
    name: 'policies-form',
    state: calm(),
    async act(page) {
      await openPolicies(page, 'Maple Street')
      await press(page, 'AI')
    },
  },
  {
    name: 'policies-storage',
    state: calm(),
    async act(page) {
      await openPolicies(page, 'Maple Street')
      await press(page, 'Storage')
      await page.getByText('Farther away than').scrollIntoViewIfNeeded()
      await page.getByText('Save for everybody').first().scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'policies-member',
    state: calm(),
    async act(page) {
      await openPolicies(page, 'Film club')
      await press(page, 'Gateway')
    },
  },
  {
    name: 'policies-own',
    state: calm(),
    async act(page) {
      await openPolicies(page, 'Maple Street')
      await page.getByText('For this computer').click()
      await press(page, 'Storage')
    },
  },
  {
    name: 'mesh-save-recovery',
    state: singleAdmin(),
    async act(page) {
      await openMesh(page)
      await press(page, 'Save the recovery key…')
      await page.getByLabel('Passphrase', { exact: true }).fill('lamp river')
    },
  },
  {
    name: 'mesh-leave',
    state: singleAdmin(),
    async act(page) {
      await openMesh(page)
      await press(page, 'Leave the mesh…')
    },
  },
  {
    name: 'mesh-restore',
    state: firstRun(),
    act: (page) => press(page, 'I have a recovery file'),
  },
  {
    name: 'create-mesh',
    state: firstRun(),
    async act(page) {
      await press(page, 'Create a new mesh')
      await page.getByLabel('Name of the mesh').fill('Maple Street')
    },
  },
]
