import type { IncomingMessage } from 'node:http'
import type { Caller, Capabilities, Identity, Membership, Services, SettingsStore } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Random } from '../support/random.ts'
import { balance } from './balancer.ts'
import { type Candidate, chooseCandidates, type World } from './candidates.ts'
import type { Origin } from './exchange.ts'
import type { Hop } from './hop.ts'
import type { LocalPrograms } from './local-request.ts'
import { requireLocalProgram } from './loopback-guard.ts'
import type { PeerHops } from './peer-hop.ts'
import { parsePeerTarget, parseTarget, type Wanted } from './target.ts'
import type { Use } from './usage.ts'
import { nobody } from './why-not.ts'

export interface PlannerComponents {
  identity: Pick<Identity, 'id'>
  settings: Pick<SettingsStore, 'get'>
  membership: Pick<Membership, 'meshes' | 'members' | 'isMember'>
  capabilities: Pick<Capabilities, 'list' | 'backend'>
  services: Pick<Services, 'list' | 'get'>
  random: Random
  peers: PeerHops
  /** Throws `not_running` when the router does not run. */
  local: () => LocalPrograms
}

/** What is decided before a byte moves: who asks, who is asked in which order, and to whom it is accounted. */
export interface Plan {
  origin: Origin
  hops: Hop[]
  use: Use | null
}

/** Decides for one request. Throws an FcnError when it may not pass or nobody can serve it. */
export type Planner = (request: IncomingMessage, caller: Caller) => Plan

/** Plans for programs on this machine: any node of the mesh may serve, this one included. */
export function createProgramPlanner(components: PlannerComponents): Planner {
  const { identity, peers, random } = components
  return (request, caller) => {
    requireLocalProgram(caller, request.headers)
    const target = parseTarget(request.url ?? '/')
    const { candidates, leftOut } = chooseCandidates(target, worldOf(components))
    if (candidates.length === 0) throw nobody(target, leftOut)
    const order = balance(candidates, (node) => (node === identity.id ? ownLoad : peers.load(node)), random)
    const hopTo = (candidate: Candidate) =>
      candidate.own ? localHop(components, candidate.wanted, target.rest) : peers.hop(candidate, target.rest)
    return { origin: { kind: 'program' }, hops: order.map(hopTo), use: null }
  }
}

/** Plans for peers: only this node serves, only members of the mesh they name, which is looked up for every request. */
export function createPeerPlanner(components: PlannerComponents): Planner {
  const { membership } = components
  return (request, caller) => {
    const { mesh, wanted, rest } = parsePeerTarget(request.url ?? '/')
    if (caller.kind !== 'node' || !membership.isMember(caller.id, mesh)) {
      throw new FcnError('not_member', 'Only members of that mesh may use what this node shares in it.', {
        action: 'Join the mesh first.',
      })
    }
    const { id } = caller
    const name = membership.members().find((member) => member.nodeId === id)?.name ?? id
    const { label } = provided(components, wanted)
    return { origin: { kind: 'peer', id }, hops: [localHop(components, wanted, rest)], use: { peer: { id, name }, wanted, label } }
  }
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
