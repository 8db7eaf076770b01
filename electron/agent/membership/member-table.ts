/** The members of one mesh as an immutable value: newest record per node wins. Pure; knows no time and no network. */
import type { NodeId } from '../components.ts'
import type { MemberRecord } from './member-record.ts'

export type MemberTable = ReadonlyMap<NodeId, MemberRecord>

/**
 * The table with `record` in it; the same table when it has this version or a newer one. Of two records of one version,
 * which only a dishonest node makes, everybody keeps the one with the greater token.
 */
export function mergeRecord(table: MemberTable, record: MemberRecord): MemberTable {
  const { node, version } = record.statement
  const held = table.get(node)
  if (held && !isNewer({ version, token: record.token }, held)) return table
  return new Map(table).set(node, record)
}

export function isNewer({ version, token }: { version: number; token: string }, held: MemberRecord): boolean {
  return version > held.statement.version || (version === held.statement.version && token > held.token)
}
