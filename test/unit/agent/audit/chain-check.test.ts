import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../../../electron/contract/audit.ts'
import { createAuditDatabase } from '../../../fakes/audit-database.ts'

/** Six entries, and a way to change the file as somebody does who has removed the triggers. */
function written() {
  const { audit, database } = createAuditDatabase()
  for (const subject of ['a', 'b', 'c', 'd', 'e', 'f']) {
    audit.record({ action: 'member.approved', actor: 'attic', actorId: 'A', subject, subjectId: 'S', outcome: 'ok', details: { n: 1 } })
  }
  const tamper = (sql: string) => {
    const triggers = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all() as { name: string }[]
    for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`)
    database.exec(sql)
  }
  return { audit, database, tamper }
}

describe('verify', () => {
  it('is content with an empty log', async () => {
    expect(await createAuditDatabase().audit.verify()).toEqual({ ok: true, entries: 0, head: null, brokenAt: null })
  })

  it('gives the hash of the newest entry', async () => {
    const { audit } = written()
    const [newest] = audit.list({ limit: 1 })
    expect(await audit.verify()).toEqual({ ok: true, entries: 6, head: newest?.hash, brokenAt: null })
  })

  it.each([
    ['a changed time', 'UPDATE audit SET at = at + 1 WHERE seq = 3', 3],
    ['a changed action', "UPDATE audit SET action = 'member.removed' WHERE seq = 3", 3],
    ['a changed actor', "UPDATE audit SET actor = 'mia' WHERE seq = 3", 3],
    ['a changed actor id', "UPDATE audit SET actor_id = 'M' WHERE seq = 3", 3],
    ['a changed subject', 'UPDATE audit SET subject = NULL WHERE seq = 3', 3],
    ['a changed subject id', "UPDATE audit SET subject_id = '' WHERE seq = 3", 3],
    ['a changed outcome', "UPDATE audit SET outcome = 'refused' WHERE seq = 3", 3],
    ['changed details', `UPDATE audit SET details = '{"n":2}' WHERE seq = 3`, 3],
    ['details that are no JSON', "UPDATE audit SET details = '{' WHERE seq = 3", 3],
    ['a changed hash', `UPDATE audit SET hash = '${'0'.repeat(64)}' WHERE seq = 3`, 3],
    ['an entry taken out', 'DELETE FROM audit WHERE seq = 3', 4],
    ['two entries that changed places', 'UPDATE audit SET seq = CASE seq WHEN 3 THEN 99 ELSE 3 END WHERE seq IN (3); UPDATE audit SET seq = 3 WHERE seq = 4; UPDATE audit SET seq = 4 WHERE seq = 99', 3],
    ['the oldest cut off', 'DELETE FROM audit WHERE seq <= 2', 3],
    ['the newest cut off', 'DELETE FROM audit WHERE seq >= 5', 5],
    ['everything cut off', 'DELETE FROM audit', 1],
    ['an entry put behind the newest', "INSERT INTO audit SELECT 7, at, action, actor, actor_id, subject, subject_id, outcome, details, hash FROM audit WHERE seq = 6", 7],
    ['an entry put before the oldest', "INSERT INTO audit SELECT 0, at, action, actor, actor_id, subject, subject_id, outcome, details, hash FROM audit WHERE seq = 1", 0],
    ['a head that was set back together with the newest', 'DELETE FROM audit WHERE seq = 6; UPDATE audit_chain SET head_seq = 5', 5],
  ])('finds %s', async (_what, sql, brokenAt) => {
    const { audit, tamper } = written()
    tamper(sql)
    expect(await audit.verify()).toMatchObject({ ok: false, brokenAt })
  }) // prettier-ignore

  it('is not disturbed by entries written and removed while it reads', async () => {
    const { audit, choose } = createAuditDatabase()
    const record = (count: number) => {
      for (let n = 0; n < count; n++) audit.record({ action: 'mesh.created', actor: 'attic', outcome: 'ok' })
    }
    record(3_500)
    const checked = audit.verify()
    record(10)
    choose({ auditEntries: 1_000 })
    expect(await checked).toMatchObject({ ok: true })
    expect(await audit.verify()).toMatchObject({ ok: true, entries: 1_000 })
  })

  it('holds for whatever is recorded, and for no changed byte of it', { timeout: 30_000 }, async () => {
    const text = fc.string({ unit: 'binary', maxLength: 8 })
    const entry = fc.record({
      action: text,
      actor: text,
      actorId: fc.option(text),
      subject: fc.option(text),
      subjectId: fc.option(text),
      outcome: fc.constantFrom('ok', 'refused', 'failed'),
      details: fc.dictionary(text, fc.jsonValue() as fc.Arbitrary<AuditEntry['details'][string]>, { maxKeys: 2 }),
    })
    const column = fc.constantFrom('action', 'actor', 'actor_id', 'subject', 'subject_id', 'hash')
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 3 }), fc.nat(), column, text, async (entries, at, name, changed) => {
        const { audit, database } = createAuditDatabase()
        for (const each of entries) audit.record(each)
        expect(await audit.verify()).toMatchObject({ ok: true, entries: entries.length })
        const seq = (at % entries.length) + 1
        const before = database.prepare(`SELECT ${name} AS value FROM audit WHERE seq = ?`).get(seq) as { value: string | null }
        fc.pre(before.value !== changed.toWellFormed())
        database.exec('DROP TRIGGER audit_keeps_entries; DROP TRIGGER audit_keeps_hashes')
        database.prepare(`UPDATE audit SET ${name} = ? WHERE seq = ?`).run(changed, seq)
        expect(await audit.verify()).toMatchObject({ ok: false, brokenAt: seq })
      }),
      { numRuns: 30 },
    )
  })
})

describe('SQLite itself', () => {
  it.each([
    'UPDATE audit SET actor = actor WHERE seq = 1',
    "UPDATE audit SET hash = 'x' WHERE seq = 1",
    'DELETE FROM audit WHERE seq = 3',
    'DELETE FROM audit',
    "INSERT INTO audit (at, action, actor, outcome, details) VALUES (1, 'a', 'b', 'ok', '{}')",
    "INSERT OR REPLACE INTO audit (seq, at, action, actor, outcome, details, hash) VALUES (3, 1, 'a', 'b', 'ok', '{}', 'h')",
    'UPDATE audit_chain SET head_seq = 2',
    'DELETE FROM audit_chain',
  ])('refuses %s', async (sql) => {
    const { audit, database } = written()
    expect(() => database.exec(sql)).toThrow(/the audit|of the audit/u)
    expect(await audit.verify()).toMatchObject({ ok: true, entries: 6 })
  })
})
