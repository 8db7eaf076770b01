import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'

/** The key is readable for who can read the node's database, its owner, like other secrets of other programs there. */
export const enginesSchema = `CREATE TABLE ai_engines (
  id TEXT PRIMARY KEY, url TEXT NOT NULL UNIQUE, key TEXT, name TEXT, added_at INTEGER NOT NULL
) STRICT;`

const row = z.object({ id: z.string(), url: z.string(), key: z.string().nullable(), name: z.string().nullable() })

/** An engine whose address a person gave. */
export type GivenEngine = z.infer<typeof row>

export interface EngineStore {
  /** In the order in which they were given. */
  all(): GivenEngine[]
  add(engine: GivenEngine, at: number): void
  remove(id: string): void
}

export function createEngineStore(database: DatabaseSync): EngineStore {
  const select = database.prepare('SELECT id, url, key, name FROM ai_engines ORDER BY added_at, id')
  const insert = database.prepare('INSERT INTO ai_engines (id, url, key, name, added_at) VALUES (?, ?, ?, ?, ?)')
  const drop = database.prepare('DELETE FROM ai_engines WHERE id = ?')
  return {
    all: () => z.array(row).parse(select.all()),
    add: ({ id, url, key, name }, at) => void insert.run(id, url, key, name, at),
    remove: (id) => void drop.run(id),
  }
}
