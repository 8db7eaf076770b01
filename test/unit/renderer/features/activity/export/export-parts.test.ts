import { describe, expect, it } from 'vitest'
import { readExport } from '../../../../../../renderer/features/activity/export/export-parts.ts'

interface Entry {
  seq: number
  name: string
}

/** A list of so many entries, given out as the node does. */
function listOf(count: number) {
  const asked: { before: number | null; limit: number }[] = []
  return {
    asked,
    heads: ['Number', 'Name'],
    fields: ({ seq, name }: Entry) => [seq, name],
    async list(before: Entry | null, limit: number): Promise<Entry[]> {
      asked.push({ before: before?.seq ?? null, limit })
      const newest = (before?.seq ?? count + 1) - 1
      return Array.from({ length: Math.min(limit, newest) }, (_, index) => ({ seq: newest - index, name: `n,${newest - index}` }))
    },
  }
}
const quiet = () => ({ signal: new AbortController().signal, onProgress: () => {} })

describe('an export', () => {
  it('is one JSON array of all entries, newest first, over all pages, and says how far it is', async () => {
    const counts: number[] = []
    const list = listOf(2_300)
    const parts = await readExport(list, 'json', { ...quiet(), onProgress: (count) => counts.push(count) })
    const entries = JSON.parse(parts.join('')) as Entry[]
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 2_300 }, (_, index) => 2_300 - index))
    expect(counts).toEqual([1_000, 2_000, 2_300])
    expect(list.asked.map(({ before }) => before)).toEqual([null, 1_301, 301])
  })

  it('is a table with heads that programs read as UTF-8', async () => {
    const text = (await readExport(listOf(2), 'csv', quiet())).join('')
    expect(text).toBe('\uFEFFNumber,Name\r\n2,"n,2"\r\n1,"n,1"\r\n')
  })

  it('of nothing is an empty array, or a table of heads', async () => {
    expect(JSON.parse((await readExport(listOf(0), 'json', quiet())).join(''))).toEqual([])
    expect((await readExport(listOf(0), 'csv', quiet())).join('')).toBe('\uFEFFNumber,Name\r\n')
  })

  it('ends with a page that is full and the last', async () => {
    const list = listOf(1_000)
    expect(JSON.parse((await readExport(list, 'json', quiet())).join(''))).toHaveLength(1_000)
    expect(list.asked).toHaveLength(2)
  })

  it('stops between two pages, and fails with what the node says', async () => {
    const list = listOf(5_000)
    const stop = new AbortController()
    const reading = readExport(list, 'csv', { signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) })
    await expect(reading).rejects.toThrow('enough')
    expect(list.asked).toHaveLength(2)
    await expect(readExport({ ...list, list: () => Promise.reject(new Error('gone')) }, 'csv', quiet())).rejects.toThrow('gone')
  })
})
