import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../../../../electron/contract/routing.ts'
import { takingLimits } from '../../../../renderer/ui/limits/taking-limits.ts'
import { asTyped, changedLimits, mayBeEmpty, problemsOf, replacedBy } from '../../../../renderer/ui/limits/typed-limits.ts'

type Typed = ReturnType<typeof asTyped<typeof defaultLimits>>

const typed = (change: Partial<Typed>): Typed => ({ ...asTyped(takingLimits, defaultLimits), ...change })

describe('limits as they are typed', () => {
  it('change nothing until something else is typed', () => {
    expect(changedLimits(takingLimits, typed({}), defaultLimits)).toBeNull()
    const odd = { ...defaultLimits, bandwidthPerPeer: 1_234_567 }
    expect(changedLimits(takingLimits, asTyped(takingLimits, odd), odd)).toBeNull()
  })

  it('send only what is another, with speed in bytes', () => {
    expect(changedLimits(takingLimits, typed({ queue: 0, bandwidthPerPeer: '20' }), defaultLimits)).toEqual({
      queue: 0,
      bandwidthPerPeer: 2_500_000,
    })
    const limited = { ...defaultLimits, bandwidthPerPeer: 5_000_000 }
    expect(asTyped(takingLimits, limited).bandwidthPerPeer).toBe(40)
    expect(changedLimits(takingLimits, typed({ bandwidthPerPeer: '' }), limited)).toEqual({ bandwidthPerPeer: null })
  })

  it.each([
    [{ concurrent: '' }, { concurrent: 'range' }],
    [
      { concurrent: 0, queue: 2_000 },
      { concurrent: 'range', queue: 'range' },
    ],
    [{ queue: 1.5 }, { queue: 'range' }],
    [{ bandwidthPerPeer: 0.001 }, { bandwidthPerPeer: 'range' }],
    [{ concurrent: 8 }, { concurrentPerPeer: 'together' }],
    [{ concurrentPerPeer: 'many' }, { concurrentPerPeer: 'range' }],
  ] as const)('are not sent while %j', (change, problems) => {
    expect(problemsOf(takingLimits, typed(change))).toEqual(problems)
    expect(changedLimits(takingLimits, typed(change), defaultLimits)).toBeNull()
  })

  it('may be empty only where there can be no limit', () => {
    expect(mayBeEmpty(takingLimits, 'bandwidthPerPeer')).toBe(true)
    expect(mayBeEmpty(takingLimits, 'queue')).toBe(false)
  })

  it('know what a change replaces, to take it back', () => {
    expect(replacedBy({ queue: 4, bandwidthPerPeer: 1 }, defaultLimits)).toEqual({ queue: 48, bandwidthPerPeer: null })
  })
})
