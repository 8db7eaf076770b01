import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FcnError } from '../../../../electron/agent/errors.ts'
import type { AuditCheck, AuditEntry } from '../../../../electron/contract/audit.ts'
import { auditEntry } from '../../../fixtures/trust-views.ts'
import { openBench } from '../run-fcn.ts'

/** A log that gives its entries as a node does: newest first, below `before`. */
const openLog = (entries: AuditEntry[], check: Partial<AuditCheck> = {}) =>
  openBench({
    'audit.list': ({ before = Number.POSITIVE_INFINITY, limit, action = '' }) =>
      entries
        .filter((entry) => entry.seq < before && entry.action.startsWith(action))
        .toSorted((a, b) => b.seq - a.seq)
        .slice(0, limit),
    'audit.verify': () => ({ ok: true, entries: entries.length, head: 'ab'.repeat(32), brokenAt: null, ...check }),
  })

const logOf = (count: number) => Array.from({ length: count }, (_, index) => auditEntry(index + 7, { subject: `x\u009b${index}` }))

describe('fcn audit', () => {
  it('lists what, who, to whom and what came of it', async () => {
    await using bench = await openLog([
      auditEntry(1),
      auditEntry(2, { action: 'service.refused', outcome: 'refused', details: { count: 3 } }),
    ])
    const [title, newest, oldest] = (await bench.fcn('audit')).stdout.split('\n')
    expect(title).toMatch(/^WHEN +WHAT +WHO +TO +OUTCOME$/)
    expect(newest).toMatch(/service\.refused +desk +nas +refused count=3$/)
    expect(oldest).toMatch(/member\.approved +desk +nas +ok mesh=Home$/)
    expect(bench.api.received[0]?.input).toEqual({ limit: 50 })
  })

  it('passes on every filter', async () => {
    await using bench = await openLog([])
    const filters = ['--action', 'member', '--outcome', 'failed', '--peer', 'nas', '--text', 'na', '--limit', '3']
    const ran = await bench.fcn('audit', ...filters, '--since', '2026-01-02', '--until', '2026-01-02 16:30', '--json')
    expect(ran.json()).toEqual([])
    const since = new Date(2026, 0, 2).getTime()
    const input = { action: 'member', outcome: 'failed', peer: 'nas', text: 'na', limit: 3, since, until: since + 16.5 * 3_600_000 }
    expect(bench.api.received).toEqual([{ name: 'audit.list', input }])
  })

  it('counts back from now', async () => {
    await using bench = await openLog([])
    await bench.fcn('audit', '--since', '2d')
    const [since] = bench.api.received.map(({ input }) => (input as { since: number }).since)
    expect(Math.abs(Date.now() - 2 * 86_400_000 - (since ?? 0))).toBeLessThan(60_000)
  })
})

describe('fcn audit verify', () => {
  it('says that nothing was changed, and what to note down', async () => {
    await using bench = await openLog(logOf(3))
    const { code, stdout } = await bench.fcn('audit', 'verify')
    expect(code).toBe(0)
    expect(stdout).toContain(`3 entries, none changed. The last is ${'ab'.repeat(32)}\n`)
  })

  it('ends with 65 and names the entry when one was', async () => {
    await using bench = await openLog(logOf(3), { ok: false, brokenAt: 8 })
    expect(await bench.fcn('audit', 'verify')).toMatchObject({
      code: 65,
      stdout: expect.stringContaining('Entry 8 does not fit') as string,
    })
    const ran = await bench.fcn('audit', 'verify', '--json')
    expect(ran.code).toBe(65)
    expect(ran.json()).toMatchObject({ ok: false, brokenAt: 8 })
  })
})

describe('fcn audit export', () => {
  it.each([0, 1, 999, 1000, 1001, 2500])('writes %i entries as JSON Lines, oldest first', async (count) => {
    const log = logOf(count)
    await using bench = await openLog(log)
    const { code, stdout } = await bench.fcn('audit', 'export')
    const lines = stdout.split('\n')
    expect(code).toBe(0)
    expect(lines.pop()).toBe('')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(log)
    expect(stdout).not.toContain('\u009b')
    expect(bench.api.received.every(({ input }) => (input as { limit: number }).limit === 1000)).toBe(true)
  })

  it('leaves out what comes in meanwhile', async () => {
    const log = logOf(1500)
    let calls = 0
    await using bench = await openBench({
      'audit.list': ({ before = Number.POSITIVE_INFINITY, limit }) => {
        log.push(auditEntry(10_000 + calls++))
        return log
          .filter(({ seq }) => seq < before && (seq < 10_000 || calls > 1))
          .toSorted((a, b) => b.seq - a.seq)
          .slice(0, limit)
      },
    })
    const { stdout } = await bench.fcn('audit', 'export')
    const seqs = stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as AuditEntry).seq)
    expect(seqs).toEqual(Array.from({ length: 1500 }, (_, index) => index + 7))
  })

  it('writes a file only its owner can read, whole or not at all', async () => {
    await using bench = await openLog([...logOf(3), auditEntry(100, { action: 'key.used' })])
    const out = join(bench.dataDir, 'audit.jsonl')
    const ran = await bench.fcn('audit', 'export', '--out', out, '--action', 'key', '--json')
    expect(ran.json()).toEqual({ file: out, entries: 1 })
    expect(JSON.parse(await readFile(out, 'utf8'))).toMatchObject({ seq: 100 })
    expect((await stat(out)).mode & 0o777).toBe(0o600)

    await using broken = await openBench({
      'audit.list': () => {
        throw new FcnError('busy', 'Busy.')
      },
    })
    expect(await broken.fcn('audit', 'export', '--out', join(broken.dataDir, 'b.jsonl'))).toMatchObject({ code: 75 })
    expect((await readdir(broken.dataDir)).filter((name) => name.startsWith('b.jsonl'))).toEqual([])
  })

  it('shows how far it is on stderr', async () => {
    await using bench = await openLog(logOf(1001))
    const ran = await bench.run(['audit', 'export'], { isTTY: true })
    expect(ran.stderr).toContain('1001 of 1001 entries')
    expect(ran.stdout.split('\n')).toHaveLength(1002)
  })

  it('is no document', async () => {
    await using bench = await openLog(logOf(3))
    const ran = await bench.fcn('audit', 'export', '--json')
    expect(ran.code).toBe(64)
    expect(ran.json()).toMatchObject({ error: { code: 'usage' } })
  })

  it('does not go in circles with a node that repeats itself', async () => {
    const page = Array.from({ length: 1000 }, (_, index) => auditEntry(5000 - index))
    await using bench = await openBench({ 'audit.list': () => page })
    expect(await bench.fcn('audit', 'export')).toMatchObject({ code: 76, stdout: '' })
  })
})
