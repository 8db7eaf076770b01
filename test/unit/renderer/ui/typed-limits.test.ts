import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../../../../electron/contract/routing.ts'
import { asTyped, changedLimits, problemsOf } from '../../../../renderer/ui/limits/typed-limits.ts'

const typed = (change: Partial<ReturnType<typeof asTyped>>) => ({ ...asTyped(defaultLimits), ...change })

describe('limits as they are typed', () => {
  it('change nothing until something else is typed', () => {
    expect(changedLimits(asTyped(defaultLimits), defaultLimits)).toBeNull()
    const odd = { ...defaultLimits, bandwidthPerPeer: 1_234_567 }
    expect(changedLimits(asTyped(odd), odd)).toBeNull()
  })

  it('send only what is another, with bandwidth in bytes', () => {
    expect(changedLimits(typed({ queue: 0, bandwidthPerPeer: '2.5' }), defaultLimits)).toEqual({ queue: 0, bandwidthPerPeer: 2_500_000 })
    expect(changedLimits(typed({ bandwidthPerPeer: '' }), { ...defaultLimits, bandwidthPerPeer: 5_000_000 })).toEqual({
      bandwidthPerPeer: null,
    })
  })

  it.each([
    [{ concurrent: '' }, { concurrent: 'range' }],
    [
      { concurrent: 0, queue: 2_000 },
      { concurrent: 'range', queue: 'range' },
    ],
    [{ queue: 1.5 }, { queue: 'range' }],
    [{ bandwidthPerPeer: 0.001 }, { bandwidthPerPeer: 'range' }],
    [{ concurrent: 8 }, { concurrentPerPeer: 'places' }],
    [{ concurrentPerPeer: 'many' }, { concurrentPerPeer: 'range' }],
  ] as const)('are not sent while %j', (change, problems) => {
    expect(problemsOf(typed(change))).toEqual(problems)
    expect(changedLimits(typed(change), defaultLimits)).toBeNull()
  })
})
