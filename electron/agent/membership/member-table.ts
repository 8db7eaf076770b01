/** The members of one mesh as an immutable value: newest record per node wins. Pure; knows no time and no network. */
import { createHash } from 'node:crypto'
import type { NodeId } from '../components.ts'
import type { MemberRecord } from './member-record.ts'

export type MemberTable = ReadonlyMap<NodeId, MemberRecord>

/** The table with `record` in it; the same table when it has this version or a newer one. */
export function mergeRecord(table: MemberTable, record: MemberRecord): MemberTable {
  const { node, version } = record.statement
  const held = table.get(node)
  if (held && held.statement.version >= version) return table
  return new Map(table).set(node, record)
}

/** Equal for equal tables: 128 bits of SHA-256 over every node and version. */
export function tableDigest(table: MemberTable): string {
  const lines = [...table.values()].map(({ statement }) => `${statement.node} ${statement.version}`).toSorted()
  return createHash('sha256').update(lines.join('\n')).digest().subarray(0, 16).toString('base64url')
}

export function tableVersions(table: MemberTable): Record<NodeId, number> {
  return Object.fromEntries([...table].map(([node, { statement }]) => [node, statement.version]))
}

/** What the two sides of a sync have to give each other. */
export function compareTables(table: MemberTable, known: Readonly<Record<NodeId, number>>): { give: MemberRecord[]; want: NodeId[] } {
  const give = [...table.values()].filter(({ statement }) => {
    const theirs = Object.hasOwn(known, statement.node) ? known[statement.node] : undefined
    return theirs === undefined || theirs < statement.version
  })
  const want = Object.entries(known)
    .filter(([node, version]) => version > (table.get(node)?.statement.version ?? -1))
    .map(([node]) => node)
  return { give, want }
}
