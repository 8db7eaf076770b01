import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buddiesOf, deputiesOf } from '../../../../../electron/agent/membership/swim/state/buddies.ts'

const deputies = (self: string, present: string) => [...deputiesOf(self, present)].toSorted().join('')
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

describe('deputies', () => {
  it('are the neighbours that are no buddies, the last beside the first', () => {
    expect(deputies('b', 'dbca')).toBe('c')
    expect(deputies('a', 'dbca')).toBe('d')
    expect(deputies('a', 'abc')).toBe('c')
    expect(deputies('d', 'abcde')).toBe('')
    expect(deputies('e', 'abcde')).toBe('a')
  })

  it('are none in twos, of who is alone, or not among them', () => {
    expect(deputies('a', 'ab')).toBe('')
    expect(deputies('a', 'a')).toBe('')
    expect(deputies('x', 'abc')).toBe('')
  })

  it('are mutual and no buddies, and leave no two buddies of four or more that nobody else looks after', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 4, maxLength: 20 }), (present) => {
        for (const self of present) {
          const own = deputiesOf(self, present)
          expect(own.has(self)).toBe(false)
          for (const deputy of own) expect(deputiesOf(deputy, present).has(self)).toBe(true)
          for (const buddy of buddiesOf(self, present)) {
            expect(own.has(buddy)).toBe(false)
            const others = [self, buddy].flatMap((node) => [...buddiesOf(node, present), ...deputiesOf(node, present)])
            expect(others.some((node) => node !== self && node !== buddy)).toBe(true)
          }
        }
      }),
    )
  })
})
