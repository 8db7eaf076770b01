/** What this node keeps of a mesh, as its membership core knows it. Pure. */
import type { NodeId } from '../components.ts'
import type { MemberRecord } from './member-record.ts'
import type { OwnMesh } from './own-mesh.ts'
import type { RemovalNotice, SignedRecord, SwimTrust } from './swim/ports.ts'
import { createMember, noFacts } from './swim/state/member.ts'
import { type TableBase, tableBase } from './swim/state/member-table.ts'

export function signedRecord({ token, statement: { node, version, left } }: MemberRecord): SignedRecord {
  return { node, version, left, token }
}

/** The removal of each node that has the highest term and counts. */
export function removalNotices({ evidence, judgement }: Pick<OwnMesh, 'evidence' | 'judgement'>): Map<NodeId, RemovalNotice> {
  const notices = new Map<NodeId, RemovalNotice>()
  for (const { node } of evidence.revocations) {
    const last = judgement.lastRemoval(node)
    if (last) notices.set(node, { node, version: last.upTo, token: last.token })
  }
  return notices
}

/** Where a core starts: nobody but this node itself is certain to be there. */
export function knownMembers(mesh: OwnMesh, self: NodeId, { admits }: Pick<SwimTrust, 'admits'>): TableBase {
  const notices = removalNotices(mesh)
  const nodes = new Set([...mesh.table.keys(), ...notices.keys()])
  return tableBase(
    [...nodes].map((node) => {
      const record = mesh.table.get(node)
      const facts = { ...noFacts(node), record: record ? signedRecord(record) : null, notice: notices.get(node) ?? null }
      return createMember(facts, node === self ? 'online' : 'suspect', admits)
    }),
  )
}
