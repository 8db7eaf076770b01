/**
 * Who serves a request: programs on this machine ask under `/services/…` and `/capabilities/…`, and their request goes
 * to the best node that offers the thing; peers ask under `/peer/v1/…` and get what this node itself offers. The
 * composition root registers the routes and upgrade handlers; nothing here accepts connections or dials.
 */
import { type IncomingMessage, METHODS, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { AuditLog, Caller, Capabilities, Identity, Membership, Services, SettingsStore, Startable, Transport } from '../components.ts'
import { FcnError, toFcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import type { Logger } from '../support/logger.ts'
import type { Random } from '../support/random.ts'
import { balance } from './balancer.ts'
import { type Candidate, chooseCandidates } from './candidates.ts'
import { type Origin, requestIdOf } from './exchange.ts'
import { refuseUpgrade, sendFailure } from './failure-answer.ts'
import { createForwarder } from './forwarder.ts'
import type { Hop, Traffic } from './hop.ts'
import { createLocalPrograms } from './local-request.ts'
import { requireLocalProgram } from './loopback-guard.ts'
import { createPeerHops } from './peer-hop.ts'
import { parsePeerTarget, parseTarget, type Wanted } from './target.ts'
import { createUpgrader } from './upgrade.ts'
import { createUsage, type Use } from './usage.ts'
import { nobody } from './why-not.ts'

export interface RouterComponents {
  identity: Pick<Identity, 'id'>
  settings: Pick<SettingsStore, 'get'>
  membership: Pick<Membership, 'meshes' | 'members' | 'isMember'>
  transport: Pick<Transport, 'request' | 'upgrade' | 'path'>
  capabilities: Pick<Capabilities, 'list' | 'backend'>
  services: Pick<Services, 'list' | 'get'>
  audit: Pick<AuditLog, 'record'>
  clock: Clock
  random: Random
  log: Logger
  /** Whether a header value is a credential of this node (API key, control token): such are never sent on. Constant time. */
  isNodeSecret: (value: string) => boolean
}

/** Takes an upgrade when its address is the router's; false leaves the socket untouched for others. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer, caller: Caller) => boolean

export interface Router extends Startable {
  /** `/services/…` and `/capabilities/…` for programs on this machine: register on the plain app. */
  proxyRoutes: FastifyPluginAsync
  proxyUpgrade: UpgradeHandler
  /** `/peer/v1/services/…` and `/peer/v1/capabilities/…` for members: register on the peer app. */
  peerProxyRoutes: FastifyPluginAsync
  peerProxyUpgrade: UpgradeHandler
}

/** What is decided before a byte moves. `use` is set when the request is accounted to a peer. */
interface Plan {
  origin: Origin
  hops: Hop[]
  use: Use | null
}

type Planner = (request: IncomingMessage, caller: Caller) => Plan

export function createRouter(components: RouterComponents): Router {
  const { identity, clock, random, log, isNodeSecret } = components
  const local = createLocalPrograms()
  const peers = createPeerHops(components)
  const usage = createUsage(components)
  const forward = createForwarder({ node: identity.id, clock, isNodeSecret })
  const upgrade = createUpgrader({ node: identity.id, clock, isNodeSecret })
  const stopping = new AbortController()
  const underWay = new Set<Promise<void>>()

  const localHop = (wanted: Wanted, rest: string): Hop => {
    const { label, base } = provided(components, wanted)
    return local.hop({ node: identity.id, name: components.settings.get().name, label, base, rest })
  }

  const planForProgram: Planner = (request, caller) => {
    requireLocalProgram(caller, request.headers)
    const target = parseTarget(request.url ?? '/')
    const { candidates, leftOut } = chooseCandidates(target, worldOf(components))
    if (candidates.length === 0) throw nobody(target, leftOut)
    const order = balance(candidates, (node) => (node === identity.id ? ownLoad : peers.load(node)), random)
    const hopTo = (candidate: Candidate) => (candidate.own ? localHop(candidate.wanted, target.rest) : peers.hop(candidate, target.rest))
    return { origin: { kind: 'program' }, hops: order.map(hopTo), use: null }
  }

  const planForPeer: Planner = (request, caller) => {
    const target = parsePeerTarget(request.url ?? '/')
    if (caller.kind !== 'node' || !components.membership.isMember(caller.id, target.mesh)) {
      throw new FcnError('not_member', 'Only members of that mesh may use what this node shares in it.', {
        action: 'Join the mesh first.',
      })
    }
    const { id } = caller
    const name = components.membership.members().find((member) => member.nodeId === id)?.name ?? id
    const { label } = provided(components, target.wanted)
    const use = { peer: { id, name }, wanted: target.wanted, label }
    return { origin: { kind: 'peer', id }, hops: [localHop(target.wanted, target.rest)], use }
  }

  /** Plans and carries one exchange, whichever kind; `refuse` is how its caller is told that nothing was carried. */
  const carry = (
    planner: Planner,
    { request, caller }: { request: IncomingMessage; caller: Caller },
    move: (plan: Plan, requestId: string) => Promise<Traffic>,
    refuse: (error: FcnError, requestId: string) => void,
  ): void => {
    const requestId = requestIdOf(request.headers, random)
    const work = async () => {
      try {
        stopping.signal.throwIfAborted()
        const plan = planner(request, caller)
        const traffic = await move(plan, requestId)
        if (plan.use !== null) usage.add(plan.use, traffic)
      } catch (thrown) {
        const error = toFcnError(thrown)
        if (error.code === 'internal') log.error({ error: thrown, requestId }, 'A request could not be routed.')
        refuse(error, requestId)
      }
    }
    const done: Promise<void> = work().finally(() => underWay.delete(done))
    underWay.add(done)
  }

  const serve = (planner: Planner, request: IncomingMessage, response: ServerResponse, caller: Caller) =>
    carry(
      planner,
      { request, caller },
      (plan, requestId) => forward({ ...plan, request, response, requestId, stopping: stopping.signal }),
      (error, requestId) => sendFailure(response, error, requestId),
    )

  const upgradeHandler =
    (planner: Planner, prefixes: readonly string[]): UpgradeHandler =>
    (request, socket, head, caller) => {
      if (!prefixes.some((prefix) => request.url?.startsWith(prefix))) return false
      socket.on('error', () => socket.destroy()) // a caller that vanishes is no failure of this node
      carry(
        planner,
        { request, caller },
        (plan, requestId) => upgrade({ ...plan, request, socket, head, requestId, stopping: stopping.signal }),
        (error, requestId) => refuseUpgrade(socket, error, requestId),
      )
      return true
    }

  return {
    proxyRoutes: routes(programPrefixes, (request, response, caller) => serve(planForProgram, request, response, caller)),
    proxyUpgrade: upgradeHandler(planForProgram, programPrefixes),
    peerProxyRoutes: routes(peerPrefixes, (request, response, caller) => serve(planForPeer, request, response, caller)),
    peerProxyUpgrade: upgradeHandler(planForPeer, peerPrefixes),
    start: async () => undefined,
    async stop() {
      stopping.abort(new FcnError('not_running', 'This node is stopping.', { action: 'Try again when it runs.' }))
      await Promise.all(underWay)
      usage.flush()
      await local.close()
    },
  }
}

const programPrefixes = ['/services/', '/capabilities/']
const peerPrefixes = ['/peer/v1/services/', '/peer/v1/capabilities/']
/** Nothing is nearer than this machine. */
const ownLoad = { outstanding: 0, latencyMs: 0 }

/**
 * Routes for every method. They take over before Fastify looks at the body, which therefore streams, unparsed and of
 * any size and type.
 */
function routes(
  prefixes: readonly string[],
  serve: (request: IncomingMessage, response: ServerResponse, caller: Caller) => void,
): FastifyPluginAsync {
  return async (app) => {
    for (const method of METHODS) {
      if (method !== 'CONNECT' && !app.supportedMethods.includes(method)) app.addHttpMethod(method, { hasBody: true })
    }
    const method = METHODS.filter((name) => name !== 'CONNECT')
    for (const prefix of prefixes) {
      app.route({
        method,
        url: `${prefix}*`,
        onRequest(request, reply) {
          reply.hijack()
          serve(request.raw, reply.raw, (request as FastifyRequest & { caller: Caller }).caller)
        },
        handler: () => undefined, // never reached: the hook has taken over
      })
    }
  }
}

/** What this node has behind the wanted thing. Throws `not_found`, `capability_off`. */
function provided({ services, capabilities }: RouterComponents, wanted: Wanted): { label: string; base: URL } {
  if (wanted.kind === 'capability') return { label: wanted.capability, base: capabilities.backend(wanted.capability) }
  const service = services.get(wanted.service)
  if (service !== undefined) return { label: service.name, base: new URL(service.url) }
  throw new FcnError('not_found', `This node shares no service “${wanted.service.slice(0, 64)}”.`, {
    action: 'See “fcn peers” for what each peer shares.',
  })
}

function worldOf({ identity, settings, membership, capabilities, services }: RouterComponents) {
  const self = {
    nodeId: identity.id,
    name: settings.get().name,
    capabilities: capabilities.list().map(({ name, state }) => ({ name, state })),
    services: services.list(),
  }
  return { self, meshes: membership.meshes(), members: membership.members() }
}
