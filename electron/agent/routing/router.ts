/**
 * Who serves a request: programs on this machine ask under `/services/…` and `/capabilities/…`, and their request goes
 * to the best node that offers the thing; peers ask under `/peer/v1/…` and get what this node itself offers. The
 * composition root hooks it into the server; nothing here accepts connections or dials.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { type CapabilityLimits, defaultLimits } from '../../contract/routing.ts'
import type {
  AuditLog,
  Caller,
  Capabilities,
  Grants,
  Membership,
  ModelDirectory,
  NodeId,
  Policies,
  Refusals,
  RequestServer,
  RouteLog,
  Services,
  SettingsStore,
  Sharing,
  Startable,
  Transport,
} from '../components.ts'
import type { TokenCount } from '../protocol/token-count.ts'
import type { Clock } from '../support/clock.ts'
import type { DialGuard } from '../support/dial-guard.ts'
import { knock } from '../support/knock.ts'
import { createLineWatch } from '../support/line-watch.ts'
import type { Logger } from '../support/logger.ts'
import type { Random } from '../support/random.ts'
import type { Signal } from '../support/signal.ts'
import { createArrivals, notRunning } from './arrivals.ts'
import type { Operation } from '../openapi/operation.ts'
import { createBalancer, type LoadOf } from './balancer.ts'
import { type ChoicesComponents, createChoices, type Ready } from './choices.ts'
import { createExplain, type Explain } from './explain.ts'
import { createLocalPrograms, type LocalPrograms } from './local-request.ts'
import { createModelsSide, type ModelsSide } from './models/models-side.ts'
import { createNodeStatistics, type NodeStatistics } from './node-statistics.ts'
import { routingOperation } from './operations.ts'
import { createPauseRefusal } from './pause-refusal.ts'
import { createPeerHops } from './peer-hop.ts'
import { createPeerPlanner, createProgramPlanner, type Planner, type PlannerComponents } from './plan.ts'
import type { Way } from './policy.ts'
import type { Wanted } from './target.ts'
import type { RecentUsers } from './recent-users.ts'
import { createRetryBudget } from './retry-budget.ts'
import { createServingLimits } from './serving-limits.ts'
import { createUsage } from './usage.ts'

type Given = 'identity' | 'settings' | 'membership' | 'grants' | 'capabilities' | 'services' | 'admitProgram'

export interface RouterComponents extends Pick<PlannerComponents, Given>, Omit<ChoicesComponents, 'wayTo' | 'policies'> {
  membership: PlannerComponents['membership'] & ChoicesComponents['membership'] & Pick<Membership, 'changed' | 'expelled'>
  grants: Pick<Grants, 'allows' | 'changed'>
  settings: Pick<SettingsStore, 'get' | 'changed'>
  capabilities: Pick<Capabilities, 'own' | 'backend' | 'limits' | 'changed'>
  services: Pick<Services, 'list' | 'get' | 'changed'>
  policies: Pick<Policies, 'rulesFor' | 'changed'>
  sharing: Pick<Sharing, 'pausedFor'>
  /** Whether this node's connection is paid by volume. */
  isMetered: () => boolean
  transport: Pick<Transport, 'dispatch' | 'upgrade' | 'path'>
  /** Where no service or capability is, whatever its address says. */
  guard: DialGuard
  audit: Pick<AuditLog, 'record'>
  users: RecentUsers
  refusals: Pick<Refusals, 'request'>
  routeLog: Pick<RouteLog, 'open'>
  clock: Clock
  random: Random
  log: Logger
  /** What is known of models, and who works for programs of this machine that ask for one. */
  directory: ModelDirectory
  ownModels: () => URL | RequestServer
  countTokens: (node: NodeId, count: TokenCount) => void
  /** Lets programs ask for models. Throws `forbidden`, `unauthorized`, `too_many`. */
  admitModels: (request: IncomingMessage, caller: Caller) => void
  /** Whether a header value is a credential of this node (API key, control token): such are never sent on. Constant time. */
  isNodeSecret: (value: string) => boolean
}

/** One side of the router: what it takes, and how. */
export interface RouterSide {
  /** It takes every request below these. */
  prefixes: readonly string[]
  /** What is below one of them, for the description of this node. */
  describe(prefix: string, method: string): Operation
  request(request: IncomingMessage, response: ServerResponse, caller: Caller, options: { expectsContinue: boolean }): void
  /** Takes an upgrade when its address is the router's; false leaves it untouched for others. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, caller: Caller): boolean
}

export interface Router extends Startable {
  /** `/services/…` and `/capabilities/…` for programs on this machine. */
  programs: RouterSide
  /** `/peer/v1/services/…` and `/peer/v1/capabilities/…` for members. */
  peers: RouterSide
  /** `/v1/…` and calls of Ollama below `/api/`, for programs. */
  models: ModelsSide
  /** Who would be asked, without asking anybody. */
  explain: Explain
}

export function createRouter(components: RouterComponents): Router {
  const { identity, clock, transport } = components
  let local: LocalPrograms | null = null
  let ends: (() => void)[] = []
  const running = () => {
    if (local === null) throw notRunning()
    return local
  }

  const statistics = createNodeStatistics({ clock })
  const choices = createChoices({ ...components, wayTo: (node) => wayTo(components, node) })
  const usage = createUsage(components)
  const refusalOfPause = createPauseRefusal(components)
  const arrivals = createArrivals({
    ...components,
    ...{ node: identity.id, statistics, usage },
    ...{ retryBudget: createRetryBudget({ clock }), lines: createLineWatch({ clock, knock }) },
  })
  const load = loadBy({ statistics, transport })
  const planning: PlannerComponents = {
    ...components,
    ...{ choices, load },
    balancer: createBalancer(components),
    limits: createServingLimits({ clock, limitsFor: (wanted) => limitsOf(components, wanted), refusalOf: refusalOfPause }),
    refusalOfPause,
    peers: createPeerHops(components),
    local: running,
  }

  const ownHop = (rest: string) =>
    running().hop({ node: identity.id, name: components.settings.get().name, label: 'ai', base: components.ownModels(), rest })
  const models = createModelsSide({
    ...{ ...components, ...planning, load, arrivals, ownHop, statistics, node: identity.id },
    ...{ choosing: { ...components, wayTo: (node: NodeId) => wayTo(components, node) } },
    ...{ admit: components.admitModels, count: components.countTokens },
  })

  const side = (planner: Planner, prefixes: readonly string[]): RouterSide => ({
    prefixes,
    describe: routingOperation,
    request: (request, response, caller, options) => arrivals.request(planner, { request, response, caller, ...options }),
    upgrade(request, socket, head, caller) {
      if (!prefixes.some((prefix) => request.url?.startsWith(prefix))) return false
      socket.on('error', () => socket.destroy()) // a caller that vanishes is no failure of this node
      arrivals.upgrade(planner, { request, socket, head, caller })
      return true
    },
  })

  return {
    programs: side(createProgramPlanner(planning), ['/services/', '/capabilities/']),
    peers: side(createPeerPlanner(planning), ['/peer/v1/services/', '/peer/v1/capabilities/']),
    models: models.side,
    explain: createExplain({ choices, load: planning.load }),
    async start() {
      if (local !== null) return
      local = createLocalPrograms(components)
      const { membership, grants, services, capabilities, policies, settings } = components
      const rights = [membership.changed, membership.expelled, grants.changed, services.changed, capabilities.changed]
      const facts = [membership.changed, services.changed, capabilities.changed, policies.changed, settings.changed]
      ends = [
        ...rights.map((changed: Signal<unknown>) => changed.subscribe(() => arrivals.review())),
        ...facts.map((changed: Signal<unknown>) =>
          changed.subscribe(() => {
            choices.forget()
            models.forget()
          }),
        ),
        membership.changed.subscribe(() => arrivals.follow(goneFrom(membership, identity.id))),
      ]
      arrivals.open()
    },
    async stop() {
      for (const end of ends.splice(0)) end()
      await arrivals.close()
      usage.flush()
      components.users.clear()
      const stopped = local
      local = null
      await stopped?.close()
    },
  }
}

/** Whether a node that was asked is no more there; the list is looked at only when somebody wants to know. */
function goneFrom({ members }: Pick<Membership, 'members'>, self: NodeId): (node: NodeId) => boolean {
  let present: ReadonlySet<NodeId> | null = null
  return (node) => {
    present ??= new Set(members().flatMap(({ nodeId, state }) => (state === 'online' || state === 'suspect' ? [nodeId] : [])))
    return node !== self && !present.has(node)
  }
}

function wayTo({ transport, isMetered }: Pick<RouterComponents, 'transport' | 'isMetered'>, node: NodeId): Way {
  const path = transport.path(node)
  return { latencyMs: path?.latencyMs ?? null, relayed: path?.hub !== undefined, metered: isMetered() }
}

/** What the balancer asks: nothing is nearer than this machine. */
function loadBy({
  statistics,
  transport,
}: {
  statistics: NodeStatistics
  transport: Pick<Transport, 'path'>
}): LoadOf<Pick<Ready, 'own' | 'nodeId' | 'key'>> {
  const distance = ({ own, nodeId }: Pick<Ready, 'own' | 'nodeId'>) => (own ? 0 : (transport.path(nodeId)?.latencyMs ?? null))
  return {
    distance,
    cost: (candidate) => statistics.cost(candidate.key, distance(candidate)),
    underWay: ({ key }) => statistics.underWay(key),
    isFailing: ({ key }) => statistics.isFailing(key),
  }
}

/** As its owner wants it; what is shared no more has the usual ones until its last request has ended. */
function limitsOf({ capabilities, services }: Pick<RouterComponents, 'capabilities' | 'services'>, wanted: Wanted): CapabilityLimits {
  if (wanted.kind === 'capability') return capabilities.limits(wanted.capability)
  return services.get(wanted.service)?.limits ?? defaultLimits
}
