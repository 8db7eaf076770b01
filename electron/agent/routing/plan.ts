import type { IncomingMessage } from 'node:http'
import type {
  ArrivedRequest,
  Caller,
  Capabilities,
  Grants,
  Identity,
  Membership,
  NodeCaller,
  NodeId,
  RequestServer,
  Services,
  SettingsStore,
} from '../components.ts'
import { FcnError } from '../errors.ts'
import type { TokenCount } from '../protocol/token-count.ts'
import type { ByteRate } from '../support/byte-rate.ts'
import type { AnswerForm } from './answer-form.ts'
import type { Balancer, LoadOf } from './balancer.ts'
import type { ChoiceMaker, Choices, Ready } from './choices.ts'
import type { Origin } from './heads.ts'
import type { Hop } from './hop.ts'
import type { LocalPrograms } from './local-request.ts'
import { statisticsKey } from './node-statistics.ts'
import type { RefusalOfPause } from './pause-refusal.ts'
import type { PeerHops } from './peer-hop.ts'
import type { ServingLimits } from './serving-limits.ts'
import { asksForModels, parsePeerAddress, type PeerTarget, splitTarget, thingName, type Wanted } from './target.ts'
import type { Use } from './usage.ts'
import { nobody } from './why-not.ts'

export interface PlannerComponents {
  identity: Pick<Identity, 'id'>
  settings: Pick<SettingsStore, 'get'>
  membership: Pick<Membership, 'nameOf' | 'roleOf'>
  grants: Pick<Grants, 'allows'>
  capabilities: Pick<Capabilities, 'backend'>
  services: Pick<Services, 'get'>
  refusalOfPause: RefusalOfPause
  /** Lets only programs on this machine through, with a key where one is needed. Throws `forbidden`, `unauthorized`. */
  admitProgram: (request: IncomingMessage, caller: Caller) => void
  choices: ChoiceMaker
  balancer: Balancer
  load: LoadOf<Ready>
  limits: ServingLimits
  peers: PeerHops
  /** Throws `not_running` when the router does not run. */
  local: () => LocalPrograms
}

/** A node that is to be asked. */
export interface Asked {
  hop: Hop
  /** Under which its statistics are kept. */
  key: string
  /** Takes a place among what this node serves; returns the function that gives it back. */
  hold?: () => () => void
  /** JSON that is sent in place of the caller's body, which was read before (`Plan.read`). */
  body?: Buffer
}

/** What differs for a request that was read and understood before it was decided who gets it. */
export interface ReadRequest {
  /** Size of its body as it came. */
  bytes: number
  /** Names of the caller's headers that go with it, in lower case. */
  passes: ReadonlySet<string>
  /** How its caller is answered. */
  form: AnswerForm
  /** A node has answered, and says that it took so many tokens. */
  counted: (node: NodeId, count: TokenCount) => void
}

/** Peers wait here until there is a place for them. */
export interface Gate {
  /** As `ServingLimits.enter`. */
  enter(start: () => void, late: (error: FcnError) => void): () => void
  rate: ByteRate | null
}

/** What is decided before a byte moves: who asks, who is asked, and to whom it is accounted. */
export interface Plan {
  origin: Origin
  /** For the list of what was routed; null for what is not told of. */
  arrived: Pick<ArrivedRequest, 'from' | 'kind' | 'what' | 'mesh'> | null
  /** The one to ask next, chosen now; null when everybody was asked. */
  next(): Asked | null
  /** Whether `next` has another one. */
  hasMore(): boolean
  gate: Gate | null
  use: Use | null
  /**
   * Set for what was read before: each `Asked` then brings its body. It may be asked elsewhere whatever its method, and is when
   * the node that works on it goes offline.
   */
  read?: ReadRequest
  /** Throws when the right to it is gone: asked again whenever rights change, as long as the exchange lasts. */
  check: () => void
}

/** What is known of a request before it is known whether it may pass. */
export interface Attempted {
  /** For the list of what was routed. */
  arrived: Plan['arrived'] | null
  /** For the audit log: what a member wanted. */
  use: Use | null
}

/** Decides for one request, and fills in what it learns. Throws an FcnError when it may not pass or nobody can serve it. */
export type Planner = (request: IncomingMessage, caller: Caller, attempted: Attempted) => Plan

/** Plans for programs on this machine: any node of the mesh may serve, this one included. */
export function createProgramPlanner(components: PlannerComponents): Planner {
  const { choices, peers, limits } = components
  return (request, caller, attempted) => {
    components.admitProgram(request, caller)
    const { address, rest } = splitTarget(request.url ?? '/')
    const chosen = choices.of(address)
    const { wanted } = chosen.target
    const what = wanted.kind === 'service' ? wanted.service : wanted.capability
    const arrived = { from: null, kind: wanted.kind, what, mesh: chosen.candidates[0]?.meshId ?? null }
    attempted.arrived = arrived
    if (chosen.candidates.length === 0) throw nobody(chosen.target, chosen.leftOut)
    const ask = (candidate: Ready): Asked =>
      candidate.own
        ? { hop: localHop(components, candidate.wanted, rest), key: candidate.key, hold: () => limits.own(candidate.wanted) }
        : { hop: peers(candidate, rest), key: candidate.key }
    return {
      origin: program,
      arrived,
      ...inTurn(components, chosen, ask),
      gate: null,
      use: null,
      check: always,
    }
  }
}

const program: Origin = { kind: 'program' }
const always = () => undefined

/** One candidate after the other, each chosen when it is needed by what is known then. */
function inTurn({ balancer, load }: PlannerComponents, { candidates, loadBalancing, thing }: Choices, ask: (candidate: Ready) => Asked) {
  let left = candidates
  let last = -1
  const rest = () => {
    if (last >= 0) left = left.toSpliced(last, 1)
    last = -1
    return left
  }
  return {
    next(): Asked | null {
      last = balancer.pick(rest(), loadBalancing, thing, load)
      const candidate = left[last]
      return candidate === undefined ? null : ask(candidate)
    },
    hasMore: () => left.length > (last >= 0 ? 1 : 0),
  }
}

/**
 * Plans for peers: only this node serves, only members of the mesh they name, only what they are granted there. All of
 * it is decided by the key that the connection proves, for every request anew; no header is looked at. Legacy peers
 * have no key and no certificate, so that nothing is granted to them: they never come to this planner (its routes are
 * on the TLS side of the port) and would not pass it.
 */
export function createPeerPlanner(components: PlannerComponents): Planner {
  const { identity, limits } = components
  return (request, caller, attempted) => {
    if (caller.kind !== 'node') throw notMember()
    const { address, rest } = splitTarget(request.url ?? '/')
    const target = parsePeerAddress(address)
    const { wanted, mesh } = target
    const peer = memberOf(components, caller)
    const { label, ...shared } = whatIs(components, wanted)
    // a member that looks every few seconds at what there is does not use it yet
    const isUse = !asksForModels(request.method, wanted, rest)
    const arrived = isUse ? { from: peer, kind: wanted.kind, what: label, mesh } : null
    if (peer !== null && isUse) {
      attempted.use = { peer, label, ...shared }
      attempted.arrived = arrived
    }
    const check = () => checkRight(components, caller, target)
    check()
    const refusal = components.refusalOfPause(wanted)
    if (refusal !== null) throw refusal
    let asked = false
    return {
      origin: { kind: 'peer', id: caller.id },
      arrived,
      next() {
        if (asked) return null
        asked = true
        return { hop: localHop(components, wanted, rest), key: statisticsKey(identity.id, thingName(wanted)) }
      },
      hasMore: () => !asked,
      gate: { enter: (start, late) => limits.enter(wanted, caller.id, start, late), rate: limits.rate(wanted, caller.id) },
      use: isUse && peer !== null ? { peer, wanted, label } : null,
      check,
    }
  }
}

/** Throws `not_member`, `not_granted`; `not_found` and `capability_off` when it is not shared any more. */
function checkRight(components: PlannerComponents, { id }: NodeCaller, { mesh, wanted }: Omit<PeerTarget, 'rest'>): void {
  const { membership, grants, identity, settings } = components
  const role = membership.roleOf(id, mesh)
  if (role === null) throw notMember()
  const resource = thingName(wanted)
  if (!grants.allows({ node: id, role, mesh }, resource)) {
    const owner = { id: identity.id, name: settings.get().name }
    throw new FcnError('not_granted', `“${owner.name}” does not share ${resource.slice(0, 80)} with your node.`, {
      action: `Ask the person who runs “${owner.name}” to allow it.`,
      details: { owner, resource: resource.slice(0, 80), mesh },
    })
  }
  provided(components, wanted)
}

const notMember = () =>
  new FcnError('not_member', 'Only members of that mesh may use what this node shares in it.', { action: 'Join the mesh first.' })

/** Null for a stranger: it can make as many keys as it likes, so that its refusals are counted within a budget (audit/refusals.ts). */
function memberOf({ membership }: PlannerComponents, { id }: NodeCaller): Use['peer'] | null {
  const name = membership.nameOf(id)
  return name === null ? null : { id, name }
}

/** For the audit log; whatever is not shared here is one and the same. */
function whatIs({ services }: PlannerComponents, wanted: Wanted): Pick<Use, 'wanted' | 'label'> {
  if (wanted.kind === 'capability') return { wanted, label: wanted.capability }
  const service = services.get(wanted.service)
  if (service !== undefined) return { wanted, label: service.name }
  return { wanted: { kind: 'service', service: 'unknown' }, label: 'an unknown service' }
}

function localHop(components: PlannerComponents, wanted: Wanted, rest: string): Hop {
  const { identity, settings, local } = components
  return local().hop({ node: identity.id, name: settings.get().name, ...provided(components, wanted), rest })
}

/** What this node has behind the wanted thing. Throws `not_found`, `capability_off`. */
function provided({ services, capabilities }: PlannerComponents, wanted: Wanted): { label: string; base: URL | RequestServer } {
  if (wanted.kind === 'capability') return { label: wanted.capability, base: capabilities.backend(wanted.capability) }
  const service = services.get(wanted.service)
  if (service !== undefined) return { label: service.name, base: new URL(service.url) }
  throw new FcnError('not_found', `This node shares no service “${wanted.service.slice(0, 64)}”.`, {
    action: 'See “fcn peers” for what each peer shares.',
  })
}
