import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indicesOf, rowAfterKey, rowsInView, scrollToShow } from '../../../../../renderer/ui/virtual/rows-in-view.ts'

const geometry = fc.record({
  count: fc.integer({ min: 1, max: 5_000 }),
  rowHeight: fc.integer({ min: 20, max: 200 }),
  top: fc.integer({ min: -300_000, max: 900 }),
  height: fc.integer({ min: 100, max: 3_000 }),
})

describe('a list of which only what is in view is drawn', () => {
  it('draws every row that is seen, and not many more', () => {
    fc.assert(
      fc.property(geometry, ({ count, rowHeight, top, height }) => {
        const { first, end } = rowsInView({ count, rowHeight, top, height })
        for (let row = 0; row < count; row++) {
          const begin = top + row * rowHeight
          const isSeen = begin < height && begin + rowHeight > 0
          if (isSeen) expect(row >= first && row < end).toBe(true)
        }
        expect(end).toBeLessThanOrEqual(count)
        expect(end - first).toBeLessThanOrEqual(height / rowHeight + 2 * (8 + 4) + 2)
      }),
    )
  })

  it('draws a first screen before anything was laid out, and nothing of an empty list', () => {
    expect(rowsInView({ count: 500, rowHeight: 0, top: 0, height: 0 })).toEqual({ first: 0, end: 16 })
    expect(rowsInView({ count: 0, rowHeight: 0, top: 0, height: 0 })).toEqual({ first: 0, end: 0 })
  })

  it('keeps the row with the focus in the page, in its order, wherever it is', () => {
    const range = { first: 100, end: 103 }
    expect(indicesOf(range, 3)).toEqual([3, 100, 101, 102])
    expect(indicesOf(range, 499)).toEqual([100, 101, 102, 499])
    expect(indicesOf(range, 101)).toEqual([100, 101, 102])
    expect(indicesOf(range, null)).toEqual([100, 101, 102])
  })

  it('scrolls no further than needed to see a row whole', () => {
    fc.assert(
      fc.property(geometry, fc.nat(4_999), (where, any) => {
        const index = any % where.count
        fc.pre(where.rowHeight <= where.height)
        const by = scrollToShow(index, where)
        const begin = where.top - by + index * where.rowHeight
        expect(begin).toBeGreaterThanOrEqual(0)
        expect(begin + where.rowHeight).toBeLessThanOrEqual(where.height)
        const wasSeen = where.top + index * where.rowHeight >= 0 && where.top + (index + 1) * where.rowHeight <= where.height
        expect(by === 0).toBe(wasSeen)
      }),
    )
  })

  it('is walked by arrow keys, pages, Home and End, and never left by them', () => {
    const where = { count: 500, rowHeight: 54, top: 0, height: 600 }
    expect(rowAfterKey('ArrowDown', 0, where)).toBe(1)
    expect(rowAfterKey('ArrowUp', 0, where)).toBe(0)
    expect(rowAfterKey('PageDown', 0, where)).toBe(10)
    expect(rowAfterKey('PageUp', 4, where)).toBe(0)
    expect(rowAfterKey('End', 3, where)).toBe(499)
    expect(rowAfterKey('PageDown', 498, where)).toBe(499)
    expect(rowAfterKey('Home', 498, where)).toBe(0)
    expect(rowAfterKey('Enter', 3, where)).toBeNull()
    expect(rowAfterKey('toString', 3, where)).toBeNull()
  })
})
