import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepOrder } from '../../../../renderer/store/kept-order.ts'

const ids = fc.uniqueArray(fc.integer({ min: 0, max: 30 }))

describe('a list that is looked at', () => {
  it('shows exactly what is wanted, and what stays keeps its order', () => {
    fc.assert(
      fc.property(ids, ids, (before, wanted) => {
        const shown = keepOrder(before, wanted)
        expect(new Set(shown)).toEqual(new Set(wanted))
        expect(shown).toHaveLength(wanted.length)
        const stayed = before.filter((id) => wanted.includes(id))
        expect(shown.slice(0, stayed.length)).toEqual(stayed)
      }),
    )
  })

  it('puts what is new at the end', () => {
    expect(keepOrder(['b', 'a'], ['a', 'b', 'c'])).toEqual(['b', 'a', 'c'])
  })
})
