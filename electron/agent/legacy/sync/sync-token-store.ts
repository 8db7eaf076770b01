import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'

const tokenRow = z
  .object({
    id: z.string(),
    name: z.string(),
    secret_hash: z.string(),
    created_at: z.number(),
    last_used_at: z.number().nullable(),
    last_used_from: z.string().nullable(),
  })
  .transform((row) => ({
    id: row.id,
    name: row.name,
    /** SHA-256 of the token, base64url. */
    secretHash: row.secret_hash,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    lastUsedFrom: row.last_used_from,
  }))
export type SyncTokenRow = z.infer<typeof tokenRow>

export interface SyncTokenStore {
  all(): SyncTokenRow[]
  save(row: SyncTokenRow): void
  remove(id: string): void
}

export function createSyncTokenStore(database: DatabaseSync): SyncTokenStore {
  const select = database.prepare('SELECT * FROM sync_tokens ORDER BY created_at, id')
  const upsert = database.prepare('INSERT OR REPLACE INTO sync_tokens VALUES (?, ?, ?, ?, ?, ?)')
  const drop = database.prepare('DELETE FROM sync_tokens WHERE id = ?')
  return {
    all: () => select.all().map((row) => tokenRow.parse(row)),
    save: ({ id, name, secretHash, createdAt, lastUsedAt, lastUsedFrom }) =>
      void upsert.run(id, name, secretHash, createdAt, lastUsedAt, lastUsedFrom),
    remove: (id) => void drop.run(id),
  }
}
