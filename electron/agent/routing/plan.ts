import type { IncomingMessage } from 'node:http'
import type { Caller, Capabilities, Grants, Identity, Membership, NodeCaller, Services, SettingsStore } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Random } from '../support/random.ts'
import { balance } from './balancer.ts'
import { type Candidate, chooseCandidates, type World } from './candidates.ts'
import type { Origin } from './exchange.ts'
import type { Hop } from './hop.ts'
import type { LocalPrograms } from './local-request.ts'
import type { PeerHops } from './peer-hop.ts'
import { parsePeerTarget, type PeerTarget, parseTarget, type Wanted } from './target.ts'
import type { Use } from './usage.ts'
import { nobody } from './why-not.ts'

export interface PlannerComponents {
  identity: Pick<Identity, 'id'>
  settings: Pick<SettingsStore, 'get'>
  membership: Pick<Membership, 'meshes' | 'members' | 'nameOf' | 'roleOf'>
  grants: Pick<Grants, 'allows'>
  capabilities: Pick<Capabilities, 'list' | 'backend'>
  services: Pick<Services, 'list' | 'get'>
  random: Random
  /** Lets only programs on this machine through, with a key where one is needed. Throws `forbidden`, `unauthorized`. */
  admitProgram: (request: IncomingMessage, caller: Caller) => void
  peers: PeerHops
  /** Throws `not_running` when the router does not run. */
  local: () => LocalPrograms
}

/** What is decided before a byte moves: who asks, who is asked in which order, and to whom it is accounted. */
export interface Plan {
  origin: Origin
  hops: Hop[]
  use: Use | null
  /** Throws when the right to it is gone: asked again whenever rights change, as long as the exchange lasts. */
  check: () => void
}

/**
 * Decides for one request. Throws an FcnError when it may not pass or nobody can serve it; `attempted` is told before
 * that what a member wanted, for the audit log.
 */
export type Planner = (request: IncomingMessage, caller: Caller, attempted: (use: Use) => void) => Plan

/** Plans for programs on this machine: any node of the mesh may serve, this one included. */
export function createProgramPlanner(components: PlannerComponents): Planner {
  const { identity, peers, random } = components
  return (request, caller) => {
    components.admitProgram(request, caller)
    const target = parseTarget(request.url ?? '/')
    const { candidates, leftOut } = chooseCandidates(target, worldOf(components))
    if (candidates.length === 0) throw nobody(target, leftOut)
    const order = balance(candidates, (node) => (node === identity.id ? ownLoad : peers.load(node)), random)
    const hopTo = (candidate: Candidate) =>
      candidate.own ? localHop(components, candidate.wanted, target.rest) : peers.hop(candidate, target.rest)
    return { origin: { kind: 'program' }, hops: order.map(hopTo), use: null, check: () => undefined }
  }
}

/**
 * Plans for peers: only this node serves, only members of the mesh they name, only what they are granted there. All of
 * it is decided by the key that the connection proves, for every request anew; no header is looked at. Legacy peers
 * have no key and no certificate, so that nothing is granted to them: they never come to this planner (its routes are
 * on the TLS side of the port) and would not pass it.
 */
export function createPeerPlanner(components: PlannerComponents): Planner {
  return (request, caller, attempted) => {
    if (caller.kind !== 'node') throw notMember()
    const target = parsePeerTarget(request.url ?? '/')
    const { wanted, rest } = target
    const peer = memberOf(components, caller)
    if (peer !== null) attempted({ peer, ...whatIs(components, wanted) })
    const check = () => checkRight(components, caller, target)
    check()
    const { label } = provided(components, wanted)
    return {
      origin: { kind: 'peer', id: caller.id },
      hops: [localHop(components, wanted, rest)],
      use: peer && { peer, wanted, label },
      check,
    }
  }
}

/** Throws `not_member`, `not_granted`; `not_found` and `capability_off` when it is not shared any more. */
function checkRight(components: PlannerComponents, { id }: NodeCaller, { mesh, wanted }: PeerTarget): void {
  const { membership, grants, identity, settings } = components
  const role = membership.roleOf(id, mesh)
  if (role === null) throw notMember()
  const resource = wanted.kind === 'service' ? `service:${wanted.service}` : `capability:${wanted.capability}`
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

/** Nothing is nearer than this machine. */
const ownLoad = { outstanding: 0, latencyMs: 0 }

function localHop(components: PlannerComponents, wanted: Wanted, rest: string): Hop {
  const { identity, settings, local } = components
  return local().hop({ node: identity.id, name: settings.get().name, ...provided(components, wanted), rest })
}

/** What this node has behind the wanted thing. Throws `not_found`, `capability_off`. */
function provided({ services, capabilities }: PlannerComponents, wanted: Wanted): { label: string; base: URL } {
  if (wanted.kind === 'capability') return { label: wanted.capability, base: capabilities.backend(wanted.capability) }
  const service = services.get(wanted.service)
  if (service !== undefined) return { label: service.name, base: new URL(service.url) }
  throw new FcnError('not_found', `This node shares no service “${wanted.service.slice(0, 64)}”.`, {
    action: 'See “fcn peers” for what each peer shares.',
  })
}

function worldOf({ identity, settings, membership, capabilities, services }: PlannerComponents): World {
  const self = { nodeId: identity.id, name: settings.get().name, capabilities: capabilities.list(), services: services.list() }
  // a view's null detail and an offer's absent one mean the same; the choice looks at neither
  return {
    self: { ...self, capabilities: self.capabilities.map(({ name, state }) => ({ name, state })) },
    meshes: membership.meshes(),
    members: membership.members(),
  }
}
