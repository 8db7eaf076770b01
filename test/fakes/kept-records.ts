import { type MemberRecord, openMemberRecord } from '../../electron/agent/membership/member-record.ts'
import type { Machine } from './mesh-world.ts'

/** What `of` says of itself in the mesh, as `by` has it on disk. */
export async function keptRecord(of: Machine, mesh: string, by: Machine): Promise<MemberRecord> {
  const row = by.database.prepare('SELECT record FROM members WHERE mesh_id = ? AND node_id = ?').get(mesh, of.id)
  if (!row) throw new Error('That member is not known there.')
  return openMemberRecord(row['record'] as string)
}
