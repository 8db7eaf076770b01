import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { type CapabilityName, capabilityName } from '../../contract/capability.ts'

export const capabilitiesSchema = `
  CREATE TABLE IF NOT EXISTS capability (
    name TEXT PRIMARY KEY,
    enabled INTEGER NOT NULL,
    backend TEXT
  ) STRICT;
`

/** What the user chose for a capability. */
export interface CapabilityChoice {
  enabled: boolean
  backend: string | null
}

export interface CapabilityStore {
  get(name: CapabilityName): CapabilityChoice
  save(name: CapabilityName, choice: CapabilityChoice): void
}

const row = z.object({ name: capabilityName, enabled: z.number(), backend: z.string().nullable() }).optional()

export function createCapabilityStore(database: DatabaseSync): CapabilityStore {
  const select = database.prepare('SELECT name, enabled, backend FROM capability WHERE name = ?')
  const upsert = database.prepare(
    `INSERT INTO capability (name, enabled, backend) VALUES (?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET enabled = excluded.enabled, backend = excluded.backend`,
  )
  return {
    get(name) {
      const saved = row.parse(select.get(name))
      return { enabled: saved?.enabled === 1, backend: saved?.backend ?? null }
    },
    save: (name, { enabled, backend }) => void upsert.run(name, enabled ? 1 : 0, backend),
  }
}
