/** Invites made here, in SQLite: only the hash of each secret, so that a copy of the database lets nobody in. */
import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { inviteView, meshRole } from '../../contract/snapshot.ts'

export const inviteSchema = `CREATE TABLE IF NOT EXISTS invites (
  id TEXT PRIMARY KEY, mesh_id TEXT NOT NULL, role TEXT NOT NULL, note TEXT, secret_hash TEXT NOT NULL UNIQUE, created_at REAL NOT NULL,
  expires_at REAL NOT NULL, uses INTEGER NOT NULL, used_by TEXT NOT NULL, ask_me INTEGER NOT NULL, revoked_at REAL
) STRICT;`

const inviteRow = z
  .object({
    id: z.string(),
    mesh_id: z.string(),
    role: meshRole,
    note: z.string().nullable(),
    secret_hash: z.string(),
    created_at: z.number(),
    expires_at: z.number(),
    uses: z.number(),
    used_by: z
      .string()
      .transform((text): unknown => JSON.parse(text))
      .pipe(inviteView.shape.usedBy),
    ask_me: z.number(),
    revoked_at: z.number().nullable(),
  })
  .transform((row) => ({
    id: row.id,
    mesh: row.mesh_id,
    role: row.role,
    note: row.note,
    /** SHA-256 of the secret, base64url. */
    secretHash: row.secret_hash,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    uses: row.uses,
    usedBy: row.used_by,
    askMe: row.ask_me === 1,
    revokedAt: row.revoked_at,
  }))
export type InviteRow = z.infer<typeof inviteRow>

export type InviteStore = ReturnType<typeof createInviteStore>

export function createInviteStore(database: DatabaseSync) {
  return {
    all: (): InviteRow[] =>
      database
        .prepare('SELECT * FROM invites ORDER BY created_at')
        .all()
        .map((row) => inviteRow.parse(row)),
    save(row: InviteRow): void {
      const { id, mesh, role, note, secretHash, createdAt, expiresAt, uses, usedBy, askMe, revokedAt } = row
      const values = [id, mesh, role, note, secretHash, createdAt, expiresAt, uses, JSON.stringify(usedBy), askMe ? 1 : 0, revokedAt]
      database.prepare(`INSERT OR REPLACE INTO invites VALUES (${values.map(() => '?').join(', ')})`).run(...values)
    },
    delete: (id: string) => void database.prepare('DELETE FROM invites WHERE id = ?').run(id),
  }
}
