import type { MeshId, NodeId } from '../components.ts'
import type { WhyNot } from '../../contract/routing.ts'
import type { MeshView, OfferedCapability, OfferedService, PeerState } from '../../contract/snapshot.ts'
import { FcnError } from '../errors.ts'
import { parseId } from '../identity/node-id.ts'
import type { Target, Wanted } from './target.ts'

/** A member of a mesh as far as the choice goes; this node is one too, in each of its meshes. */
export interface Offerer {
  nodeId: NodeId
  name: string
  state: PeerState
  capabilities: readonly OfferedCapability[]
  services: readonly OfferedService[]
  /** What it does not let this node use, as resources; none where it has said nothing. */
  refused?: readonly string[]
  /** Its connection is paid by volume; absent where it has said nothing. */
  metered?: boolean
}

export interface Candidate {
  nodeId: NodeId
  name: string
  own: boolean
  /** The mesh in whose name the peer is asked; null for this node. */
  meshId: MeshId | null
  /** What is asked for, by the id it has there. */
  wanted: Wanted
  /** It is being checked whether it is there: asked only when no other can serve. */
  suspect: boolean
  /** It says that its connection is paid by volume. */
  metered: boolean
}

/** Why a node is not asked, for people and for programs. */
export interface LeftOut {
  id: NodeId
  name: string
  why: WhyNot
}

export interface Choice {
  candidates: Candidate[]
  leftOut: LeftOut[]
}

export interface World {
  self: Omit<Offerer, 'state'>
  meshes: readonly Pick<MeshView, 'id' | 'name'>[]
  members: readonly (Offerer & { meshId: MeshId })[]
}

/**
 * Who can serve the target: each node once, this one included. Throws `not_found` when mesh or peer is unknown and
 * `ambiguous`, with the ids in details, when a name fits more than one.
 */
export function chooseCandidates(target: Pick<Target, 'mesh' | 'peer' | 'wanted'>, { self, meshes, members }: World): Choice {
  const mesh = target.mesh === null ? null : find('mesh', target.mesh, meshes)
  const inMesh = mesh === null ? members : members.filter((member) => member.meshId === mesh.id)
  // a peer that is named is asked all the same: what it allows may be newer than what it has told
  const isRefused = (node: Offerer) => target.peer === null && refuses(node, target.wanted)
  const everyone = onePerNode(
    [{ ...self, state: 'online' as const, id: self.nodeId, meshId: null }, ...inMesh.map((member) => ({ ...member, id: member.nodeId }))],
    isRefused,
  )
  const asked = target.peer === null ? everyone : [find('peer', target.peer, everyone)]

  const choice: Choice = { candidates: [], leftOut: [] }
  for (const node of asked) {
    const offered = node.state === 'online' || node.state === 'suspect' ? offer(target.wanted, node) : node.state
    const verdict = typeof offered !== 'string' && isRefused(node) ? 'no_grant' : offered
    if (typeof verdict === 'string') {
      choice.leftOut.push({ id: node.id, name: node.name, why: verdict })
      continue
    }
    const facts = { suspect: node.state === 'suspect', metered: node.metered === true }
    choice.candidates.push({ nodeId: node.id, name: node.name, own: node.meshId === null, meshId: node.meshId, wanted: verdict, ...facts })
  }
  return choice
}

/** What the node calls the wanted thing, or why it cannot serve it. */
function offer(wanted: Wanted, node: Offerer): Wanted | LeftOut['why'] {
  if (wanted.kind === 'capability') {
    const state = node.capabilities.find((capability) => capability.name === wanted.capability)?.state ?? 'off'
    if (state === 'ready') return wanted
    return state === 'off' ? 'not_offered' : state
  }
  const service =
    node.services.find(({ id }) => id === wanted.service) ??
    onlyOne(
      node.services.filter(({ name }) => sameName(name, wanted.service)),
      wanted.service,
      `services of “${node.name}”`,
    )
  if (service === undefined) return 'not_offered'
  return service.status === 'active' ? { kind: 'service', service: service.id } : service.status
}

/** Whether the node has said that this one may not use the thing in that mesh. */
function refuses({ refused, services }: Offerer, wanted: Wanted): boolean {
  if (refused === undefined || refused.length === 0) return false
  if (wanted.kind === 'capability') return refused.includes(`capability:${wanted.capability}`)
  const { id } = services.find((service) => service.id === wanted.service || sameName(service.name, wanted.service)) ?? {}
  return refused.includes(`service:${id}`)
}

/** Of a node in several meshes one record: a live one before others, and of those one where the thing is not refused. */
function onePerNode<T extends Offerer & { id: string }>(nodes: readonly T[], isRefused: (node: T) => boolean): T[] {
  const byId = new Map<string, T>()
  const rank = (node: T) => (node.state === 'online' ? 0 : 2) + (isRefused(node) ? 1 : 0)
  for (const node of nodes) {
    const known = byId.get(node.id)
    if (known === undefined || rank(node) < rank(known)) byId.set(node.id, node)
  }
  return [...byId.values()]
}

/** By id, else by the one that has the name. */
function find<T extends { id: string; name: string }>(kind: 'mesh' | 'peer', reference: string, all: readonly T[]): T {
  const id = idIn(reference)
  const found =
    all.find((one) => one.id === id) ??
    onlyOne(
      all.filter(({ name }) => sameName(name, reference)),
      reference,
      kind === 'mesh' ? 'meshes' : 'peers',
    )
  if (found !== undefined) return found
  throw new FcnError('not_found', `There is no ${kind} “${reference.slice(0, 64)}” here.`, {
    action: kind === 'mesh' ? 'See “fcn status” for the meshes of this node.' : 'See “fcn peers” for the peers of this node.',
  })
}

function onlyOne<T extends { id: string }>(fitting: readonly T[], reference: string, among: string): T | undefined {
  if (fitting.length < 2) return fitting[0]
  throw new FcnError('ambiguous', `The name “${reference.slice(0, 64)}” fits ${fitting.length} ${among}.`, {
    action: 'Use the id instead of the name.',
    details: { ids: fitting.slice(0, 20).map(({ id }) => id) },
  })
}

/** The canonical id when the text is one; names that are no id are the usual case, not a failure. */
function idIn(reference: string): string | null {
  try {
    return parseId(reference)
  } catch {
    return null
  }
}

const sameName = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase()
