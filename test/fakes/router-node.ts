import { settings } from '../../electron/contract/settings.ts'
import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import type { AddressInfo } from 'node:net'
import { createServer, type IncomingMessage } from 'node:http'
import { pino } from 'pino'
import { createLocalGuard } from '../../electron/agent/api/local/guard.ts'
import { createFailedAttempts } from '../../electron/agent/api/failed-attempts.ts'
import type {
  AuditLog,
  Caller,
  Grants,
  Member,
  MeshId,
  ModelDirectory,
  NodeId,
  RequestServer,
  RouteLog,
  Transport,
} from '../../electron/agent/components.ts'
import { FcnError } from '../../electron/agent/errors.ts'
import { createRouter, type Router, type RouterSide } from '../../electron/agent/routing/router.ts'
import { type Clock, systemClock } from '../../electron/agent/support/clock.ts'
import { createLogger } from '../../electron/agent/support/logger.ts'
import { createDialGuard, type DialGuard } from '../../electron/agent/support/dial-guard.ts'
import { createEmitter, type Emitter } from '../../electron/agent/support/signal.ts'
import { systemRandom } from '../../electron/agent/support/random.ts'
import { type CapabilityLimits, defaultLimits, type PolicyRules } from '../../electron/contract/routing.ts'
import type { CapabilityView, ServiceView } from '../../electron/contract/snapshot.ts'
import { defaultConditions } from '../../electron/contract/sharing.ts'
import { createRecentUsers, type RecentUsers } from '../../electron/agent/routing/recent-users.ts'
import { createKeptRefusals } from './kept-refusals.ts'
import { createMemoryModels } from './memory-models.ts'
import { createMemorySharing, type MemorySharing } from './memory-sharing.ts'

export const nodeA = 'AAAAAAA-AAAAAAA-AAAAAAA-AAAAAAA'
export const nodeB = 'BBBBBBB-BBBBBBB-BBBBBBB-BBBBBBB'
export const nodeC = 'CCCCCCC-CCCCCCC-CCCCCCC-CCCCCCC'
export const meshId = 'MMMMMMM-MMMMMMM-MMMMMMM-MMMMMMM'
export const apiKey = 'the-api-key-of-this-node'

interface RouterNodeOptions {
  id: NodeId
  name: string
  transport: Transport
  /** Who may come in over the peer app. */
  peers?: NodeId[]
  members?: Member[]
  services?: ServiceView[]
  backends?: Partial<Record<CapabilityView['name'], string | RequestServer>>
  /** All is granted without. */
  grants?: Pick<Grants, 'allows' | 'changed'>
  mesh?: MeshId
  localUseNeedsKey?: boolean
  guard?: DialGuard
  rules?: Partial<Record<CapabilityView['name'], PolicyRules>>
  routeLog?: Pick<RouteLog, 'open'>
  limits?: CapabilityLimits
  clock?: Clock
  /** What it knows of models; nothing without. */
  directory?: ModelDirectory
  /** Tokens that peers say they needed. */
  counted?: { node: NodeId; tokensIn: number; tokensOut: number }[]
}

/** A node as far as routing goes: the real router behind two real HTTP servers, and lists where other parts would be. */
export interface RouterNode {
  /** For programs. */
  url: string
  /** For peers; who calls stands in the header `x-test-caller`, which the real node reads from the certificate. */
  peerUrl: string
  /** For programs that ask for models. */
  modelsUrl: string
  router: Router
  audit: Parameters<AuditLog['record']>[0][]
  refusals: ReturnType<typeof createKeptRefusals>
  /** Peers that use its capabilities. */
  users: Pick<RecentUsers, 'of'>
  /** What is paused for peers. */
  sharing: MemorySharing
  /** Announces that a node is no member any more; `peers` has lost it by then. */
  expelled: Emitter<NodeId>
  /** Announces that `members` is another. */
  membersChanged: Emitter<void>
  /** Announces that `services` is another. */
  servicesChanged: Emitter<void>
  stop: () => Promise<void>
}

export async function startRouterNode(options: RouterNodeOptions): Promise<RouterNode> {
  const { id, name, transport, members = [], services = [], backends = {}, peers = [], mesh: ownMesh = meshId } = options
  const [changed, servicesChanged, expelled] = [createEmitter(), createEmitter(), createEmitter<NodeId>()]
  const guard = createLocalGuard(
    {
      sessions: { isValid: () => false },
      attempts: createFailedAttempts({ clock: systemClock }),
      apiKey: { matches: (key) => key === apiKey },
      settings: { get: () => settings.parse({ name, localUseNeedsKey: options.localUseNeedsKey ?? false }) },
    },
    { token: 'control-token' },
  )
  const audit: RouterNode['audit'] = []
  const refusals = createKeptRefusals()
  const sharing = createMemorySharing()
  const users = createRecentUsers({ clock: options.clock ?? systemClock })
  const views = Object.entries(backends).map(([capability, backend]) => ({
    name: capability as CapabilityView['name'],
    enabled: true,
    state: 'ready' as const,
    backend: typeof backend === 'string' ? backend : null,
    detail: null,
    problem: null,
    checkedAt: null,
    limits: defaultLimits,
    ...{ conditions: defaultConditions, paused: null, usedBy: [] },
  }))
  const parsed = settings.parse({ name })
  const router = createRouter({
    identity: { id },
    settings: { get: () => parsed, changed: createEmitter() },
    membership: {
      meshes: () => [
        {
          id: ownMesh,
          name: 'Home',
          role: 'admin',
          joinedAt: 0,
          members: 1,
          online: 1,
          admins: 1,
          hasRootKey: true,
          recoveryExportedAt: null,
        },
      ],
      members: () => members,
      nameOf: (node) => members.find(({ nodeId }) => nodeId === node)?.name ?? null,
      roleOf: (node, mesh) => (peers.includes(node) && mesh === ownMesh ? 'member' : null),
      changed,
      expelled,
    },
    grants: options.grants ?? { allows: () => true, changed },
    guard: options.guard ?? createDialGuard(),
    admitProgram: guard.checkUse,
    admitModels: (request, caller) => void guard.checkModels(request, caller, { needsKey: false }),
    directory: options.directory ?? createMemoryModels(),
    ownModels: () => (typeof backends.ai === 'function' ? backends.ai : new URL(backends.ai ?? 'http://127.0.0.1:1')),
    countTokens: (node, count) => void options.counted?.push({ node, ...count }),
    transport,
    capabilities: {
      changed,
      own: () => views.map(({ name: capability, state }) => ({ name: capability, state })),
      limits: () => options.limits ?? defaultLimits,
      backend(capability) {
        const behind = backends[capability]
        if (behind === undefined) throw new FcnError('capability_off', `The capability “${capability}” is off.`)
        return typeof behind === 'string' ? new URL(behind) : behind
      },
    },
    services: { changed: servicesChanged, list: () => services, get: (service) => services.find((one) => one.id === service) },
    audit: { record: (entry) => void audit.push(entry) },
    refusals,
    sharing,
    users,
    policies: { changed: createEmitter(), rulesFor: (_mesh, capability) => options.rules?.[capability] ?? {} },
    isMetered: () => false,
    routeLog: options.routeLog ?? {
      open: () => ({ sentTo: () => undefined, carriedBy: () => undefined, answered: () => undefined, ended: () => undefined }),
    },
    clock: options.clock ?? systemClock,
    random: systemRandom,
    log: createLogger('error', pino.destination({ dest: 2, sync: true })),
    isNodeSecret: (value) => value === apiKey,
  })
  await router.start()
  const program = (): Caller => ({ kind: 'plain', address: '127.0.0.1', loopback: true })
  const plain = await listen(router.programs, program)
  const models = await listen({ ...router.models, upgrade: () => false }, program)
  const peer = await listen(router.peers, ({ headers }) => ({
    kind: 'node',
    id: String(headers['x-test-caller']),
    publicKey: '',
    address: '127.0.0.1',
  }))
  return {
    url: plain.url,
    peerUrl: peer.url,
    modelsUrl: models.url,
    router,
    audit,
    refusals,
    sharing,
    users,
    expelled,
    membersChanged: changed,
    servicesChanged,
    stop: async () => {
      await router.stop()
      await Promise.all([plain.close(), peer.close(), models.close()])
    },
  }
}

async function listen(side: Pick<RouterSide, 'request' | 'upgrade'>, callerOf: (request: IncomingMessage) => Caller) {
  const take = (expectsContinue: boolean) => (request: IncomingMessage, response: Parameters<RouterSide['request']>[1]) =>
    side.request(request, response, callerOf(request), { expectsContinue })
  const server = createServer(take(false)).on('checkContinue', take(true))
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!side.upgrade(request, socket, head, callerOf(request))) socket.destroy()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}

/** `transport` that says who calls, as the certificate does in the real one. */
export function callingAs(id: NodeId, transport: Transport): Transport {
  return {
    ...transport,
    request: (node, request) => transport.request(node, { ...request, headers: { ...request.headers, 'x-test-caller': id } }),
    dispatch: (node, request, handler) =>
      transport.dispatch(node, { ...request, headers: [...request.headers, 'x-test-caller', id] }, handler),
    upgrade: (node, request) => transport.upgrade(node, { ...request, headers: { ...request.headers, 'x-test-caller': id } }),
  }
}

export const service = (id: string, url: string, status: ServiceView['status'] = 'active'): ServiceView => ({
  id,
  name: id,
  url,
  port: Number(new URL(url).port || 80),
  status,
  problem: null,
  checkedAt: null,
  limits: defaultLimits,
})

export const member = (
  nodeId: NodeId,
  name: string,
  offers: Partial<Pick<Member, 'services' | 'capabilities' | 'state' | 'meshId' | 'refused'>> = {},
): Member => ({
  meshId,
  nodeId,
  role: 'member',
  admittedBy: { id: meshId, name: 'Home' },
  introducedBy: { id: meshId, name: 'Home' },
  hub: false,
  via: [],
  removed: null,
  name,
  addresses: [],
  capabilities: [],
  services: [],
  version: '0.1.0',
  os: 'linux',
  state: 'online',
  lastSeen: 0,
  resources: null,
  refused: [],
  ...offers,
})
