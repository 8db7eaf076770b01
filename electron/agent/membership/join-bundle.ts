/** What a node that is let in receives: proof for itself, and the members to talk to. */
import type { NodeId } from '../components.ts'
import { type JoinBundle, maxRecordsPerMessage } from '../protocol/messages.ts'
import type { OwnMesh } from './own-meshes.ts'

export function joinBundle(mesh: OwnMesh, { self, node, admissions }: { self: NodeId; node: NodeId; admissions: string[] }): JoinBundle {
  const tokenOf = (id: string) => mesh.table.get(id)?.token ?? []
  // our record and an earlier one of the joiner first, then as many others as fit: sync brings the rest
  const order = new Set([self, node, ...mesh.table.keys()])
  const records = [...order].flatMap(tokenOf).slice(0, maxRecordsPerMessage)
  return { mesh: { id: mesh.id, name: mesh.name }, rootKey: mesh.rootKey, admissions, records }
}
