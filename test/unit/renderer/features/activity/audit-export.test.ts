import { describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../../../../electron/contract/audit.ts'
import type { CallInput } from '../../../../../electron/contract/calls.ts'
import { readAuditLines } from '../../../../../renderer/features/activity/audit-export.ts'
import { auditLog } from '../../../../fixtures/answers.ts'

const [sample] = auditLog

/** A log of so many entries, answered as the node does. */
function logOf(count: number) {
  const asked: CallInput<'audit.list'>[] = []
  const list = async (query: CallInput<'audit.list'>): Promise<AuditEntry[]> => {
    asked.push(query)
    const newest = Math.min(count, (query.before ?? count + 1) - 1)
    const length = Math.min(query.limit ?? 100, newest)
    return Array.from({ length }, (_, i) => ({ ...sample, seq: newest - i }) as AuditEntry)
  }
  return { asked, list }
}
const quiet = () => ({ signal: new AbortController().signal, onProgress: () => {} })

describe('the export of the log', () => {
  it('has one line of JSON for each entry, newest first, over all pages', async () => {
    const { list } = logOf(2_300)
    const counts: number[] = []
    const parts = await readAuditLines(list, {}, { ...quiet(), onProgress: (count) => counts.push(count) })
    const lines = parts.join('').trimEnd().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as AuditEntry).seq)).toEqual(Array.from({ length: 2_300 }, (_, i) => 2_300 - i))
    expect(counts).toEqual([1_000, 2_000, 2_300])
  })

  it('asks each page with the filter', async () => {
    const { list, asked } = logOf(1_000)
    await readAuditLines(list, { action: 'member.' }, quiet())
    expect(asked).toEqual([
      { action: 'member.', limit: 1_000 },
      { action: 'member.', before: 1, limit: 1_000 },
    ])
  })

  it('is empty for an empty log', async () => {
    expect(await readAuditLines(logOf(0).list, {}, quiet())).toEqual([])
  })

  it('stops between two pages', async () => {
    const { list, asked } = logOf(5_000)
    const stop = new AbortController()
    const reading = readAuditLines(list, {}, { signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) })
    await expect(reading).rejects.toThrow('enough')
    expect(asked).toHaveLength(2)
  })
})
