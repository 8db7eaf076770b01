import type { DatabaseSync } from 'node:sqlite'
import type { AuditEntry } from '../../contract/audit.ts'
import type { AuditLog, Health } from '../components.ts'
import type { Clock } from '../support/clock.ts'
import type { Logger } from '../support/logger.ts'

export const auditSchema = `CREATE TABLE IF NOT EXISTS audit (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  action TEXT NOT NULL,
  actor TEXT NOT NULL,
  actor_id TEXT,
  subject TEXT,
  subject_id TEXT,
  outcome TEXT NOT NULL,
  details TEXT NOT NULL
) STRICT;`

/** Entries kept; the oldest go first. About 30 MB at 300 bytes each. */
const maxEntries = 100_000
/** The bound is enforced once in so many entries, so that most writes cost one statement. */
const trimEvery = 1000

interface AuditRow {
  seq: number
  at: number
  action: string
  actor: string
  actor_id: string | null
  subject: string | null
  subject_id: string | null
  outcome: AuditEntry['outcome']
  details: string
}

export function createAuditLog({
  database,
  clock,
  log,
  health,
}: {
  database: DatabaseSync
  clock: Clock
  log: Logger
  health: Health
}): AuditLog {
  const insert = database.prepare(
    'INSERT INTO audit (at, action, actor, actor_id, subject, subject_id, outcome, details) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const select = database.prepare('SELECT * FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?')
  const trim = database.prepare('DELETE FROM audit WHERE seq <= (SELECT max(seq) FROM audit) - ?')
  let untilTrim = 0

  return {
    record({ action, actor, actorId = null, subject = null, subjectId = null, outcome, details = {} }) {
      try {
        insert.run(clock.now(), action, actor, actorId, subject, subjectId, outcome, JSON.stringify(details))
        if (untilTrim-- <= 0) {
          trim.run(maxEntries)
          untilTrim = trimEvery
        }
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
    },
    verify: () => ({ ok: true, entries: 0, head: null, brokenAt: null }),
    list: ({ before = Number.MAX_SAFE_INTEGER, limit }) => (select.all(before, limit) as unknown as AuditRow[]).map(entryOf),
  }
}

function entryOf(row: AuditRow): AuditEntry {
  const { actor_id: actorId, subject_id: subjectId, details, ...rest } = row
  return { ...rest, hash: '', actorId, subjectId, details: JSON.parse(details) as AuditEntry['details'] }
}
