import type { DatabaseSync } from 'node:sqlite'
import type { AuditLog, Health, SettingsStore } from '../components.ts'
import type { Clock } from '../support/clock.ts'
import type { Logger } from '../support/logger.ts'
import { auditStatement } from './audit-query.ts'
import { chainOldEntries, createAuditTable, entryOf } from './audit-table.ts'
import { checkChain } from './chain-check.ts'

/** Old entries are looked for once in so many new ones, so that most writes cost one statement … */
const trimEvery = 100
/** … and once an hour, for age, ms. */
const trimPause = 3_600_000
const day = 24 * 3_600_000

interface Components {
  database: DatabaseSync
  settings: Pick<SettingsStore, 'get' | 'changed'>
  clock: Clock
  log: Logger
  health: Health
}

/** The audit log: README.md in this folder says what it promises. Throws what SQLite throws when its entries cannot be chained at the start. */
export function createAuditLog({ database, settings, clock, log, health }: Components): AuditLog {
  chainOldEntries(database)
  const table = createAuditTable(database)
  let sinceTrim = 0
  let trimmedAt = -Infinity

  const trim = () => {
    sinceTrim = 0
    trimmedAt = clock.monotonic()
    const { auditDays, auditEntries } = settings.get()
    const { anchor, head } = table.ends()
    const last = Math.max(head.seq - auditEntries, table.lastBefore(clock.now() - auditDays * day))
    if (last > anchor.seq) table.removeUpTo(last)
  }
  const trimWhenDue = () => {
    if (sinceTrim >= trimEvery || clock.monotonic() - trimmedAt >= trimPause) trim()
  }

  const attempt = (task: () => void, action: string) => {
    try {
      task()
    } catch (error) {
      log.error({ error, action }, 'An audit entry could not be written.')
      health.raise({
        code: 'audit_failed',
        severity: 'error',
        title: 'The audit log cannot be written',
        text: 'What happens on this node is not recorded.',
        action: 'Check the free space and the permissions of the data folder.',
      })
    }
  }

  attempt(trim, 'retention')
  // lives as long as the settings do
  settings.changed.subscribe(({ previous, current }) => {
    if (previous.auditDays !== current.auditDays || previous.auditEntries !== current.auditEntries) attempt(trim, 'retention')
  })

  return {
    record({ action, actor, actorId = null, subject = null, subjectId = null, outcome, details = {} }) {
      attempt(() => {
        table.append({ at: clock.now(), action, actor, actorId, subject, subjectId, outcome, details })
        health.clear('audit_failed')
        sinceTrim += 1
        trimWhenDue()
      }, action)
    },
    list(query) {
      attempt(trimWhenDue, 'retention')
      const { sql, values } = auditStatement(query)
      // a row that cannot be read must not hide the others; `verify` names it
      return database
        .prepare(sql)
        .all(...values)
        .flatMap((row) => entryOf(row) ?? [])
    },
    verify: () => checkChain(table),
  }
}
