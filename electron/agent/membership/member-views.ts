/** What membership shows of meshes and members, from records and presence. Pure. */
import type { MeshView, PeerState } from '../../contract/snapshot.ts'
import type { Resources } from '../../contract/resources.ts'
import type { Member, NodeId } from '../components.ts'
import type { MemberRecord } from './member-record.ts'
import type { OwnMesh } from './own-meshes.ts'

/** What contact with a member has shown. */
export interface Contact {
  state: Exclude<PeerState, 'left' | 'removed'>
  lastSeen: number | null
  resources: Resources | null
}

/** Records of all members that this node ever knew in the mesh, apart from its own. */
export function otherRecords(mesh: OwnMesh, self: NodeId): MemberRecord[] {
  return [...mesh.table.values()].filter(({ statement }) => statement.node !== self)
}

/** Members now, apart from this node. */
export function presentMembers(mesh: OwnMesh, self: NodeId): NodeId[] {
  return otherRecords(mesh, self).flatMap(({ statement }) => (statement.left ? [] : [statement.node]))
}

export function meshView(mesh: OwnMesh, self: NodeId, contactOf: (node: NodeId) => Contact): MeshView {
  const { id, name, role, joinedAt } = mesh
  const here = otherRecords(mesh, self).filter(({ statement }) => !statement.left)
  const admins = here.filter((record) => record.role === 'admin').length + (role === 'admin' ? 1 : 0)
  const online = here.filter(({ statement }) => contactOf(statement.node).state === 'online').length + 1
  return { id, name, role, joinedAt, members: here.length + 1, online, admins, hasRootKey: false, recoveryExportedAt: null }
}

export function memberView({ statement, role, admittedBy }: MemberRecord, { state, lastSeen, resources }: Contact): Member {
  const { mesh: meshId, node: nodeId, software: version, name, addresses, capabilities, services, os, left } = statement
  const said = { meshId, nodeId, role, name, addresses, capabilities, services, version, os }
  return { ...said, admittedBy: { id: admittedBy, name: admittedBy }, removed: null, state: left ? 'left' : state, lastSeen, resources }
}
