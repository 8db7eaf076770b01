/** What a node that is let in receives: proof for itself, the members to talk to, and who is in no more. */
import type { NodeId } from '../components.ts'
import { type JoinBundle, maxRecordsPerMessage } from '../protocol/messages.ts'
import { messageful } from './notice.ts'
import { countingNotices, countingPolicies, type OwnMesh, validTable } from './own-mesh.ts'

export function joinBundle(mesh: OwnMesh, { self, node, admissions }: { self: NodeId; node: NodeId; admissions: string[] }): JoinBundle {
  const table = validTable(mesh)
  // our record and an earlier one of the joiner first, then as many others as fit: sync brings the rest
  const order = new Set([self, node, ...table.keys()])
  const records = [...order].flatMap((id) => (id === node ? mesh.table : table).get(id)?.token ?? []).slice(0, maxRecordsPerMessage)
  const { id, name, rootKey } = mesh
  const policies = countingPolicies(mesh).map(({ token }) => token)
  return { mesh: { id, name }, rootKey, admissions, records, notices: messageful(countingNotices(mesh)), policies }
}
