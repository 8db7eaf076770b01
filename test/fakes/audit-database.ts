import { DatabaseSync } from 'node:sqlite'
import { createAuditLog } from '../../electron/agent/audit/audit-log.ts'
import { auditChainSchema, auditSchema } from '../../electron/agent/audit/audit-schema.ts'
import { createHealth } from '../../electron/agent/health.ts'
import { createEmitter } from '../../electron/agent/support/signal.ts'
import { type Settings, settings } from '../../electron/contract/settings.ts'
import { createFakeClock } from './fake-clock.ts'
import { createKeptLog } from './kept-log.ts'

/** A real audit log in a database in memory, with settings that can be changed and a clock that can be moved. */
export function createAuditDatabase(chosen: Partial<Settings> = {}, database = emptyDatabase()) {
  const clock = createFakeClock()
  const health = createHealth({ clock })
  const changed = createEmitter<{ previous: Settings; current: Settings }>()
  let current = settings.parse({ name: 'attic', ...chosen })
  const audit = createAuditLog({ database, clock, health, log: createKeptLog(), settings: { get: () => current, changed } })
  const choose = (change: Partial<Settings>) => {
    const previous = current
    current = { ...current, ...change }
    changed.emit({ previous, current })
  }
  return { database, clock, health, audit, choose }
}

function emptyDatabase(): DatabaseSync {
  const database = new DatabaseSync(':memory:')
  database.exec(auditSchema)
  database.exec(auditChainSchema)
  return database
}
