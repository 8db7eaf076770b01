/**
 * What a node knows of its mesh, as the router asks for it, standing still: one peer that offers, others that do not.
 * Everything else around the router is what a real node has.
 */
import { systemRandom } from '../../../electron/agent/support/random.ts'
import { createMemoryModels } from '../../fakes/memory-models.ts'
import { noRelay } from '../../fakes/no-relay.ts'
import { DatabaseSync } from 'node:sqlite'
import { pino } from 'pino'
import { createFailedAttempts } from '../../../electron/agent/api/failed-attempts.ts'
import { createLocalGuard } from '../../../electron/agent/api/local/guard.ts'
import type { Identity, Member, NodeId, Startable } from '../../../electron/agent/components.ts'
import { FcnError } from '../../../electron/agent/errors.ts'
import { createRouteLog } from '../../../electron/agent/route-log/route-log.ts'
import { routesSchema } from '../../../electron/agent/route-log/route-table.ts'
import { createRecentUsers } from '../../../electron/agent/routing/recent-users.ts'
import { createRouter, type Router } from '../../../electron/agent/routing/router.ts'
import { systemClock as clock } from '../../../electron/agent/support/clock.ts'
import { createDialGuard } from '../../../electron/agent/support/dial-guard.ts'
import { createLogger } from '../../../electron/agent/support/logger.ts'
import { systemRandom as random } from '../../../electron/agent/support/random.ts'
import { createEmitter } from '../../../electron/agent/support/signal.ts'
import { addressBookSchema, createAddressBook } from '../../../electron/agent/transport/address-book.ts'
import { createTransport } from '../../../electron/agent/transport/transport.ts'
import { defaultLimits } from '../../../electron/contract/routing.ts'
import { settings } from '../../../electron/contract/settings.ts'

export const meshId = 'MMMMMMM-MMMMMMM-MMMMMMM-MMMMMMM'
const capability = 'ai'
/** Where a program asks its node, and where the node asks the peer. */
export const programBase = `/capabilities/any/${capability}`
export const peerBase = `/peer/v1/capabilities/${meshId}/${capability}`

export interface OfferingPeer {
  id: NodeId
  /** `https://127.0.0.1:port`. */
  url: string
}

export const log = createLogger('error', pino.destination({ dest: 2, sync: true }))

/** The real router over the real transport and route log; `parts` are to be started in this order. */
export function createStaticRouter(identity: Identity, peers: readonly OfferingPeer[]): { router: Router; parts: Startable[] } {
  const database = new DatabaseSync(':memory:')
  database.exec(addressBookSchema + routesSchema)
  const transport = createTransport({
    identity,
    addressBook: createAddressBook({ database, clock }),
    clock,
    random: systemRandom,
    relayDial: noRelay,
  })
  for (const { id, url } of peers) transport.learn(id, [url], 'record')

  const members = [...peers.map(({ id }, index) => member(id, `peer-${index}`, true)), ...idle]
  const ownSettings = settings.parse({ name: 'bench' })
  const changed = createEmitter()
  const services = { changed, list: () => [], get: () => undefined }
  const routeLog = createRouteLog({ clock, database, services, settings: { get: () => ownSettings }, log })
  const router = createRouter({
    ...{ identity, transport, clock, random, log },
    ...noModelsAsked,
    settings: { get: () => ownSettings, changed: createEmitter() },
    membership: {
      meshes: () => [home],
      members: () => members,
      nameOf: (node) => members.find(({ nodeId }) => nodeId === node)?.name ?? null,
      roleOf: () => 'member',
      changed,
      expelled: createEmitter<NodeId>(),
    },
    grants: { allows: () => true, changed },
    capabilities: {
      changed,
      own: () => [],
      limits: () => defaultLimits,
      backend: () => {
        throw new FcnError('capability_off', 'Off.')
      },
    },
    services,
    policies: { changed, rulesFor: () => ({}) },
    sharing: { pausedFor: () => null },
    users: createRecentUsers({ clock }),
    routeLog,
    audit: { record: () => undefined },
    refusals: { request: () => undefined },
    guard: createDialGuard(),
    admitProgram: createLocalGuard(
      {
        sessions: { isValid: () => false },
        attempts: createFailedAttempts({ clock }),
        apiKey: { matches: () => false },
        settings: { get: () => ownSettings },
      },
      { token: 'control-token' },
    ).checkUse,
    isNodeSecret: () => false,
    isMetered: () => false,
  })
  return { router, parts: [transport, routeLog, router] }
}

const home = {
  ...{ id: meshId, name: 'Home', role: 'admin' as const, joinedAt: 0, members: 9, online: 9, admins: 1 },
  ...{ hasRootKey: true, recoveryExportedAt: null },
}

const member = (nodeId: NodeId, name: string, offers: boolean): Member => ({
  ...{
    meshId,
    nodeId,
    name,
    role: 'member',
    admittedBy: { id: meshId, name: 'Home' },
    introducedBy: { id: meshId, name: 'Home' },
    hub: false,
    via: [],
    removed: null,
  },
  ...{ addresses: [], version: '0.1.0', os: 'linux', state: 'online', lastSeen: 0, resources: null, services: [], refused: [] },
  capabilities: offers ? [{ name: capability, state: 'ready' }] : [],
})

/** A household's other machines: the choice has to look at them. */
const idle = [...'BCDEFGH'].map((letter) =>
  member(`${letter.repeat(7)}-${letter.repeat(7)}-${letter.repeat(7)}-${letter.repeat(7)}`, letter, false),
)

/** Nobody asks for models. */
const noModelsAsked = {
  directory: createMemoryModels(),
  ownModels: () => new URL('http://127.0.0.1:1'),
  countTokens: () => undefined,
  admitModels: () => undefined,
}
