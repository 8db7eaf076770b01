import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'

export const servicesSchema = `
  CREATE TABLE IF NOT EXISTS service (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    url TEXT NOT NULL
  ) STRICT;
`

const row = z.object({ id: z.string(), name: z.string(), url: z.string() })
/** What is kept of a service; whether it runs is found out anew. */
export type SharedService = z.infer<typeof row>

export interface ServiceStore {
  /** In the order in which they were first shared. */
  all(): SharedService[]
  save(service: SharedService): void
  remove(id: string): void
}

export function createServiceStore(database: DatabaseSync): ServiceStore {
  const select = database.prepare('SELECT id, name, url FROM service ORDER BY rowid')
  const upsert = database.prepare(
    'INSERT INTO service (id, name, url) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, url = excluded.url',
  )
  const remove = database.prepare('DELETE FROM service WHERE id = ?')
  return {
    all: () => z.array(row).parse(select.all()),
    save: ({ id, name, url }) => void upsert.run(id, name, url),
    remove: (id) => void remove.run(id),
  }
}
