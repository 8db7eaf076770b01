import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backOff } from '../../../../electron/agent/support/back-off.ts'
import { createFakeRandom } from '../../../fakes/fake-random.ts'

describe('back-off', () => {
  it('stays within half and all of the doubling delay, below the cap, for any attempt', () => {
    const attempts = fc.oneof(fc.nat(40), fc.nat(2 ** 31 - 1))
    fc.assert(
      fc.property(attempts, fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 1e6 }), fc.nat(), (attempt, base, cap, seed) => {
        const delay = backOff(attempt, { base, cap }, createFakeRandom(seed))
        const ceiling = Math.min(cap, base * 2 ** Math.min(attempt, 30))
        expect(delay).toBeGreaterThanOrEqual(ceiling / 2)
        expect(delay).toBeLessThanOrEqual(ceiling)
      }),
    )
  })

  it('spreads those who failed together', () => {
    const random = createFakeRandom()
    const delays = Array.from({ length: 100 }, () => backOff(3, { base: 1000, cap: 60_000 }, random))
    expect(new Set(delays).size).toBe(100)
    expect(Math.max(...delays) - Math.min(...delays)).toBeGreaterThan(3000)
  })
})
