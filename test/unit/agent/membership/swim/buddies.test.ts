import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buddiesOf } from '../../../../../electron/agent/membership/swim/state/buddies.ts'

const buddies = (self: string, present: string) => [...buddiesOf(self, present)].toSorted().join('')

describe('buddies', () => {
  it('are the next in pairs, in whatever order members are named', () => {
    expect(buddies('a', 'dbca')).toBe('b')
    expect(buddies('b', 'dbca')).toBe('a')
    expect(buddies('d', 'abcd')).toBe('c')
  })

  it('are three in a row at the end of an odd number', () => {
    expect(buddies('c', 'cab')).toBe('b')
    expect(buddies('b', 'cab')).toBe('ac')
    expect(buddies('d', 'abcde')).toBe('ce')
  })

  it('are none of who is alone, or not among them', () => {
    expect(buddies('a', 'a')).toBe('')
    expect(buddies('x', 'ab')).toBe('')
  })

  it('are mutual, never oneself, and everybody has one or two', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 20 }), (present) => {
        for (const self of present) {
          const own = buddiesOf(self, present)
          expect(own.has(self)).toBe(false)
          expect([1, 2]).toContain(own.size)
          for (const buddy of own) expect(buddiesOf(buddy, present).has(self)).toBe(true)
        }
      }),
    )
  })
})
