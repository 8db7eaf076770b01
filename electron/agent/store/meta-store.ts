import type { DatabaseSync } from 'node:sqlite'

export const metaSchema = 'CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;'

/** Single facts the node keeps about itself, beside the user's settings. */
export interface MetaStore {
  get(key: 'node_id' | 'api_key'): string | null
  set(key: 'node_id' | 'api_key', value: string): void
}

export function createMetaStore(database: DatabaseSync): MetaStore {
  const select = database.prepare('SELECT value FROM meta WHERE key = ?')
  const upsert = database.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
  return {
    get: (key) => (select.get(key) as { value: string } | undefined)?.value ?? null,
    set: (key, value) => void upsert.run(key, value),
  }
}
