import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { auditSchema, createAuditLog } from '../../../../electron/agent/audit/audit-log.ts'
import { createHealth } from '../../../../electron/agent/health.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { createKeptLog } from '../../../fakes/kept-log.ts'

const setUp = () => {
  const database = new DatabaseSync(':memory:')
  database.exec(auditSchema)
  const clock = createFakeClock()
  const health = createHealth({ clock })
  return { database, clock, health, audit: createAuditLog({ database, clock, health, log: createKeptLog() }) }
}

describe('audit log', () => {
  it('lists newest first, in pages', () => {
    const { audit } = setUp()
    for (const subject of ['a', 'b', 'c']) audit.record({ action: 'mesh.created', actor: 'attic', subject, outcome: 'ok' })
    const page = audit.list({ limit: 2 })
    expect(page.map((entry) => entry.subject)).toEqual(['c', 'b'])
    expect(audit.list({ before: page[1]?.seq, limit: 2 }).map((entry) => entry.subject)).toEqual(['a'])
  })

  it('keeps details and time', () => {
    const { audit, clock } = setUp()
    audit.record({ action: 'service.used', actor: 'mia', actorId: 'X', outcome: 'ok', details: { requests: 3 } })
    expect(audit.list({ limit: 1 })).toEqual([
      {
        seq: 1,
        at: clock.now(),
        action: 'service.used',
        actor: 'mia',
        actorId: 'X',
        subject: null,
        subjectId: null,
        outcome: 'ok',
        details: { requests: 3 },
      },
    ])
  })

  it('raises a warning instead of failing what it records', () => {
    const { audit, database, health } = setUp()
    database.exec('DROP TABLE audit')
    audit.record({ action: 'mesh.created', actor: 'attic', outcome: 'ok' })
    expect(health.list()).toMatchObject([{ code: 'audit_failed' }])
  })
})
