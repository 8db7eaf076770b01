import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { keptLimits, limitsKept } from '../chosen-limits.ts'

export const servicesSchema = `
  CREATE TABLE IF NOT EXISTS service (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    url TEXT NOT NULL
  ) STRICT;
`

/** What the user chose of the limits, as JSON; null where nothing was chosen. */
export const serviceLimitsSchema = 'ALTER TABLE service ADD COLUMN limits TEXT;'

const row = z.object({ id: z.string(), name: z.string(), url: z.string(), limits: z.string().nullable().transform(limitsKept) })
/** What is kept of a service; whether it runs is found out anew. */
export type SharedService = z.infer<typeof row>

export interface ServiceStore {
  /** In the order in which they were first shared. */
  all(): SharedService[]
  save(service: SharedService): void
  remove(id: string): void
}

export function createServiceStore(database: DatabaseSync): ServiceStore {
  const select = database.prepare('SELECT id, name, url, limits FROM service ORDER BY rowid')
  const upsert = database.prepare(
    `INSERT INTO service (id, name, url, limits) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, url = excluded.url, limits = excluded.limits`,
  )
  const remove = database.prepare('DELETE FROM service WHERE id = ?')
  return {
    all: () => z.array(row).parse(select.all()),
    save: ({ id, name, url, limits }) => void upsert.run(id, name, url, keptLimits(limits)),
    remove: (id) => void remove.run(id),
  }
}
