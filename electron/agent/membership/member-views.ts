/** What membership shows of meshes and members, from records and presence. Pure. */
import type { MeshView, PeerState } from '../../contract/snapshot.ts'
import type { Resources } from '../../contract/resources.ts'
import type { Member, NodeId } from '../components.ts'
import { subjectOf } from './admission.ts'
import { adminsOf } from './governing.ts'
import type { MemberRecord } from './member-record.ts'
import { isPresent, type OwnMesh } from './own-mesh.ts'
import { nameIn } from './own-meshes.ts'
import type { Standing } from './standing.ts'

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

/** Who blocked a node here, and when. */
export interface Blocked {
  by: { id: NodeId; name: string }
  at: number
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
  { contact, blocked }: { contact: Contact; blocked: Blocked | null },
): Member {
  const { node: nodeId, software: version, name, addresses, capabilities, services, os, left } = record.statement
  const standing = mesh.judgement.of(nodeId)
  const said = { meshId: mesh.id, nodeId, name, addresses, capabilities, services, version, os }
  const { role, by: admitter } = standing?.state === 'member' ? subjectOf(standing.chain) : subjectOf(record.chain)
  const removed = blocked ? { how: 'blocked' as const, ...blocked } : removalIn(mesh, standing)
  const admittedBy = { id: admitter, name: nameIn(mesh, admitter) }
  return { ...said, ...contact, role, admittedBy, removed, state: removed ? 'removed' : left ? 'left' : contact.state }
}

function removalIn(mesh: OwnMesh, standing: Standing | null): Member['removed'] {
  if (standing?.state !== 'removed') return null
  const { by, at } = standing.revocation
  return { how: 'removed', by: { id: by, name: nameIn(mesh, by) }, at }
}
