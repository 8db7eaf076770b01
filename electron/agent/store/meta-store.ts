import type { DatabaseSync } from 'node:sqlite'

export const metaSchema = 'CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;'

/**
 * `renewal`: how far a new identity has come (identity/renewal.ts); `sharing_pause`: sharing/pause-store.ts; `setup`: how far
 * its user has come with setting up (setup.ts); `alias_salt`: diagnostics/alias-salt.ts; `model_choices`:
 * models/model-choices.ts; `ai_terms`: capabilities/ai/terms/terms-store.ts.
 */
type MetaKey = 'node_id' | 'api_key' | 'renewal' | 'sharing_pause' | 'setup' | 'alias_salt' | 'model_choices' | 'ai_terms'

/** Single facts the node keeps about itself, beside the user's settings. */
export interface MetaStore {
  get(key: MetaKey): string | null
  set(key: MetaKey, value: string): void
  delete(key: MetaKey): void
}

export function createMetaStore(database: DatabaseSync): MetaStore {
  const select = database.prepare('SELECT value FROM meta WHERE key = ?')
  const upsert = database.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
  const remove = database.prepare('DELETE FROM meta WHERE key = ?')
  return {
    get: (key) => (select.get(key) as { value: string } | undefined)?.value ?? null,
    set: (key, value) => void upsert.run(key, value),
    delete: (key) => void remove.run(key),
  }
}
