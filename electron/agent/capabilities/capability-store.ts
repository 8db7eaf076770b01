import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { type CapabilityName, capabilityName } from '../../contract/capability.ts'
import { type ChosenLimits, keptLimits, limitsKept } from '../chosen-limits.ts'
import { type ChosenConditions, conditionsKept, keptConditions } from '../chosen-conditions.ts'

export const capabilitiesSchema = `
  CREATE TABLE IF NOT EXISTS capability (
    name TEXT PRIMARY KEY,
    enabled INTEGER NOT NULL,
    backend TEXT
  ) STRICT;
`

/** What the user chose of the limits, as JSON; null where nothing was chosen. */
export const capabilityLimitsSchema = 'ALTER TABLE capability ADD COLUMN limits TEXT;'

/** The same of the conditions. */
export const capabilityConditionsSchema = 'ALTER TABLE capability ADD COLUMN conditions TEXT;'

/** What the user chose for a capability. */
export interface CapabilityChoice {
  enabled: boolean
  backend: string | null
  limits: ChosenLimits
  conditions: ChosenConditions
}

export interface CapabilityStore {
  get(name: CapabilityName): CapabilityChoice
  save(name: CapabilityName, choice: CapabilityChoice): void
}

const row = z
  .object({
    name: capabilityName,
    enabled: z.number(),
    backend: z.string().nullable(),
    limits: z.string().nullable(),
    conditions: z.string().nullable(),
  })
  .transform(({ enabled, backend, limits, conditions }): CapabilityChoice => {
    return { enabled: enabled === 1, backend, limits: limitsKept(limits), conditions: conditionsKept(conditions) }
  })
  .optional()

const nothingChosen: CapabilityChoice = { enabled: false, backend: null, limits: {}, conditions: {} }

export function createCapabilityStore(database: DatabaseSync): CapabilityStore {
  const select = database.prepare('SELECT name, enabled, backend, limits, conditions FROM capability WHERE name = ?')
  const upsert = database.prepare(
    `INSERT INTO capability (name, enabled, backend, limits, conditions) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET enabled = excluded.enabled, backend = excluded.backend, limits = excluded.limits,
       conditions = excluded.conditions`,
  )
  return {
    get: (name) => row.parse(select.get(name)) ?? nothingChosen,
    save(name, { enabled, backend, limits, conditions }) {
      upsert.run(name, enabled ? 1 : 0, backend, keptLimits(limits), keptConditions(conditions))
    },
  }
}
