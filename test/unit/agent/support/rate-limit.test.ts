import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRateLimit } from '../../../../electron/agent/support/rate-limit.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'

describe('rate limit', () => {
  it('lets a burst through, then what it gives back', async () => {
    const clock = createFakeClock()
    const limit = createRateLimit({ burst: 3, perSecond: 2, maxKeys: 10 }, clock)
    expect([1, 2, 3, 4].map(() => limit.take('a'))).toEqual([true, true, true, false])
    expect(limit.take('b')).toBe(true)
    await clock.advance(500)
    expect([limit.take('a'), limit.take('a')]).toEqual([true, false])
  })

  it('never lets more through than burst plus time allows, however it is asked', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(400), { maxLength: 60 }), async (pauses) => {
        const clock = createFakeClock()
        const limit = createRateLimit({ burst: 5, perSecond: 10, maxKeys: 10 }, clock)
        let taken = 0
        for (const pause of pauses) {
          await clock.advance(pause)
          const allowed = limit.allows('a')
          expect(limit.take('a')).toBe(allowed)
          if (allowed) taken += 1
          expect(taken).toBeLessThanOrEqual(5 + (clock.monotonic() / 1000) * 10 + 1e-6)
        }
      }),
      { numRuns: 50 },
    )
  })

  it('keeps its word about when to come back', async () => {
    const clock = createFakeClock()
    const limit = createRateLimit({ burst: 1, perSecond: 0.1, maxKeys: 10 }, clock)
    expect(limit.retryAfter('a')).toBe(0)
    limit.take('a')
    const seconds = limit.retryAfter('a')
    expect(seconds).toBe(10)
    await clock.advance(seconds * 1000 - 1)
    expect(limit.allows('a')).toBe(false)
    await clock.advance(1)
    expect(limit.take('a')).toBe(true)
  })

  it('is not fooled by the wall clock', () => {
    const clock = createFakeClock()
    const limit = createRateLimit({ burst: 1, perSecond: 1, maxKeys: 10 }, clock)
    limit.take('a')
    clock.setWallClock(clock.now() + 1e9)
    expect(limit.allows('a')).toBe(false)
  })

  it('remembers a bounded number of keys and forgets the longest unused', () => {
    const limit = createRateLimit({ burst: 1, perSecond: 0.001, maxKeys: 2 }, createFakeClock())
    limit.take('busy')
    for (let other = 0; other < 10; other++) {
      limit.take(`other ${other}`)
      expect(limit.take('busy')).toBe(false)
    }
    expect(limit.take('other 0')).toBe(true)
  })
})
