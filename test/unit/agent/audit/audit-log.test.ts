import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { auditChainSchema, auditSchema } from '../../../../electron/agent/audit/audit-schema.ts'
import { createAuditDatabase } from '../../../fakes/audit-database.ts'

const created = { action: 'mesh.created', actor: 'attic', outcome: 'ok' } as const
const day = 24 * 3_600_000

describe('audit log', () => {
  it('lists newest first, in pages', () => {
    const { audit } = createAuditDatabase()
    for (const subject of ['a', 'b', 'c']) audit.record({ ...created, subject })
    const page = audit.list({ limit: 2 })
    expect(page.map((entry) => entry.subject)).toEqual(['c', 'b'])
    expect(audit.list({ before: page[1]?.seq, limit: 2 }).map((entry) => entry.subject)).toEqual(['a'])
  })

  it('keeps details and time', () => {
    const { audit, clock } = createAuditDatabase()
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
        hash: expect.stringMatching(/^[0-9a-f]{64}$/u) as string,
      },
    ])
  })

  it('raises a warning instead of failing what it records, and takes it back when it writes again', () => {
    const { audit, database, health } = createAuditDatabase()
    database.exec('ALTER TABLE audit RENAME TO gone')
    audit.record(created)
    expect(health.list()).toMatchObject([{ code: 'audit_failed' }])
    database.exec('ALTER TABLE gone RENAME TO audit')
    audit.record(created)
    expect(health.list()).toEqual([])
  })

  it('writes and trims inside a transaction of somebody else', async () => {
    const { audit, database, health, choose } = createAuditDatabase({ auditEntries: 1_000 })
    database.exec('BEGIN')
    for (let count = 0; count < 20; count++) audit.record(created)
    choose({ auditEntries: 10 })
    database.exec('COMMIT')
    expect(health.list()).toEqual([])
    expect(await audit.verify()).toMatchObject({ ok: true, entries: 10 })
  })
})

describe('retention', () => {
  it('keeps so many entries, and a chain that still holds', async () => {
    const { audit, choose } = createAuditDatabase()
    choose({ auditEntries: 50 })
    for (let count = 0; count < 500; count++) audit.record(created)
    const { ok, entries } = await audit.verify()
    expect(ok).toBe(true)
    expect(entries).toBeGreaterThanOrEqual(50)
    expect(entries).toBeLessThanOrEqual(150)
    expect(audit.list({ limit: 1 })[0]?.seq).toBe(500)
  })

  it('keeps entries for so many days, also when nothing new is written', async () => {
    const { audit, clock } = createAuditDatabase({ auditDays: 7 })
    audit.record(created)
    await clock.advance(6 * day)
    audit.record({ ...created, subject: 'young' })
    await clock.advance(2 * day)
    expect(audit.list({ limit: 10 }).map(({ subject }) => subject)).toEqual(['young'])
    await clock.advance(7 * day)
    expect(audit.list({ limit: 10 })).toEqual([])
    expect(await audit.verify()).toMatchObject({ ok: true, entries: 0 })
    audit.record(created)
    expect(await audit.verify()).toMatchObject({ ok: true, entries: 1 })
  })

  it('follows a changed setting at once', () => {
    const { audit, choose } = createAuditDatabase()
    for (let count = 0; count < 30; count++) audit.record(created)
    choose({ auditEntries: 5 })
    expect(audit.list({ limit: 100 })).toHaveLength(5)
  })
})

describe('a database of version 1', () => {
  it('gets its entries chained when it is opened, and the log goes on', async () => {
    const database = new DatabaseSync(':memory:')
    database.exec(auditSchema)
    const insert = database.prepare(
      "INSERT INTO audit (at, action, actor, outcome, details) VALUES (1767225600000, 'mesh.created', ?, 'ok', '{}')",
    )
    for (let count = 0; count < 2_500; count++) insert.run(`node ${count}`)
    database.exec('DELETE FROM audit WHERE seq <= 100')
    database.exec(auditChainSchema)
    const { audit } = createAuditDatabase({}, database)
    audit.record(created)
    expect(await audit.verify()).toMatchObject({ ok: true, entries: 2_401 })
    expect(audit.list({ limit: 1 })[0]?.seq).toBe(2_501)
    expect(createAuditDatabase({}, database).audit.list({ limit: 1000 })).toHaveLength(1000)
  })
})
