/** What membership shows of meshes, members and policies, from what is signed and from presence. Pure. */
import type { MeshView, PeerState } from '../../contract/snapshot.ts'
import type { Resources } from '../../contract/resources.ts'
import type { Member, MeshPolicy, NodeId } from '../components.ts'
import { subjectOf } from './admission.ts'
import { adminsOf } from './governing.ts'
import type { MemberRecord } from './member-record.ts'
import { hubOf } from '../protocol/relay-url.ts'
import { isPresent, nameIn, type OwnMesh, type Removal, removalIn } from './own-mesh.ts'
import type { PolicyStatement } from './policy-statement.ts'

/** What contact with a member has shown. */
export interface Contact {
  state: Exclude<PeerState, 'left' | 'removed'>
  lastSeen: number | null
  resources: Resources | null
}

/** Whose view it is, and whom it refuses. */
export interface Viewer {
  self: NodeId
  isBlocked: (node: NodeId) => boolean
}

/** Records of all members that this node ever knew in the mesh, apart from its own. */
export function otherRecords(mesh: OwnMesh, self: NodeId): MemberRecord[] {
  return [...mesh.table.values()].filter(({ statement }) => statement.node !== self)
}

/** Members now, apart from this node and those blocked here. */
export function presentMembers(mesh: OwnMesh, { self, isBlocked }: Viewer): NodeId[] {
  return [...mesh.table.keys()].filter((node) => node !== self && isPresent(mesh, node) && !isBlocked(node))
}

export function meshView(mesh: OwnMesh, viewer: Viewer, contactOf: (node: NodeId) => Contact): MeshView {
  const { id, name, role, joinedAt, hasRootKey, recoveryExportedAt } = mesh
  const members = presentMembers(mesh, viewer)
  const online = members.filter((node) => contactOf(node).state === 'online').length + 1
  const admins = adminsOf(mesh).filter((node) => !viewer.isBlocked(node)).length
  return { id, name, role, joinedAt, members: members.length + 1, online, admins, hasRootKey, recoveryExportedAt }
}

/** `blocked` when this node's user has refused it, which stands above everything its mesh says. */
export function memberView(
  mesh: OwnMesh,
  record: MemberRecord,
  { contact, blocked, refused }: { contact: Contact; blocked: Removal | null; refused: string[] },
): Member {
  const { node: nodeId, software: version, name, capabilities, services, os, metered, left } = record.statement
  const standing = mesh.judgement.of(nodeId)
  const addresses = record.statement.addresses.filter((url) => hubOf(url) === null)
  const via = record.statement.addresses.flatMap((url) => hubOf(url) ?? [])
  const said = { meshId: mesh.id, nodeId, name, addresses, capabilities, services, version, os, ...(metered !== undefined && { metered }) }
  const { role, by: admitter, at: admittedAt } = standing?.state === 'member' ? subjectOf(standing.chain) : subjectOf(record.chain)
  const removal = blocked ?? removalIn(mesh, nodeId)
  const removed = removal && { how: blocked ? ('blocked' as const) : ('removed' as const), ...removal }
  const admittedBy = { id: admitter, name: nameIn(mesh, admitter) }
  const hub = record.statement.hub === true && role === 'admin'
  // who was there before this node came was on the list that it was given
  const introducer = admittedAt > mesh.joinedAt ? admitter : subjectOf(mesh.chain).by
  const introducedBy = { id: introducer, name: nameIn(mesh, introducer) }
  return {
    ...said,
    ...contact,
    refused,
    role,
    hub,
    via,
    admittedBy,
    introducedBy,
    removed,
    state: removed ? 'removed' : left ? 'left' : contact.state,
  }
}

/** A policy with the name of who decided it. */
export function policyIn(mesh: OwnMesh, { rules, by, at, version }: PolicyStatement): MeshPolicy {
  return { rules, by: { id: by, name: nameIn(mesh, by) }, at, version }
}
