import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'

export const legacySchema = `
CREATE TABLE IF NOT EXISTS legacy_peers (
  url TEXT PRIMARY KEY,
  given_url TEXT NOT NULL,
  name TEXT NOT NULL,
  capabilities TEXT NOT NULL,
  found_via TEXT NOT NULL,
  api_key TEXT,
  open_to_anyone INTEGER NOT NULL DEFAULT 0,
  registered_at INTEGER NOT NULL,
  last_seen INTEGER
) STRICT;
CREATE TABLE IF NOT EXISTS mesh_files (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  document TEXT NOT NULL
) STRICT;
`

const row = z.object({
  url: z.string(),
  given_url: z.string(),
  name: z.string(),
  capabilities: z.string().transform((text) => z.union([z.array(z.string()), z.string()]).parse(JSON.parse(text))),
  found_via: z.enum(['joined', 'record', 'contact', 'registered', 'import']),
  api_key: z.string().nullable(),
  open_to_anyone: z.number().transform((value) => value === 1),
  registered_at: z.number(),
  last_seen: z.number().nullable(),
})

/** An old node as it is kept. `url` is canonical and its identity; `givenUrl` and `capabilities` are as they were given. */
export interface LegacyRecord {
  url: string
  givenUrl: string
  name: string
  capabilities: string[] | string
  foundVia: z.infer<typeof row>['found_via']
  /** Key for asking it; never leaves this node but in a request to it. */
  apiKey: string | null
  openToAnyone: boolean
  registeredAt: number
  lastSeen: number | null
}

export interface LegacyStore {
  all(): LegacyRecord[]
  save(record: LegacyRecord): void
  remove(url: string): void
}

export function createLegacyStore(database: DatabaseSync): LegacyStore {
  const upsert = database.prepare(`
    INSERT INTO legacy_peers (url, given_url, name, capabilities, found_via, api_key, open_to_anyone, registered_at, last_seen)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (url) DO UPDATE SET given_url = excluded.given_url, name = excluded.name, capabilities = excluded.capabilities,
      found_via = excluded.found_via, api_key = excluded.api_key, open_to_anyone = excluded.open_to_anyone,
      registered_at = excluded.registered_at, last_seen = excluded.last_seen`)
  const select = database.prepare('SELECT * FROM legacy_peers ORDER BY registered_at, url')
  const drop = database.prepare('DELETE FROM legacy_peers WHERE url = ?')

  return {
    all: () =>
      select.all().map((raw) => {
        const { given_url, found_via, api_key, open_to_anyone, registered_at, last_seen, ...same } = row.parse(raw)
        return {
          ...same,
          givenUrl: given_url,
          foundVia: found_via,
          apiKey: api_key,
          openToAnyone: open_to_anyone,
          registeredAt: registered_at,
          lastSeen: last_seen,
        }
      }),
    save(record) {
      const { url, givenUrl, name, capabilities, foundVia, apiKey, openToAnyone, registeredAt, lastSeen } = record
      const open = openToAnyone ? 1 : 0
      upsert.run(url, givenUrl, name, JSON.stringify(capabilities), foundVia, apiKey, open, registeredAt, lastSeen)
    },
    remove: (url) => void drop.run(url),
  }
}
