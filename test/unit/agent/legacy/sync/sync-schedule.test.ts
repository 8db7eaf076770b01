import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueAt, isWorrying, type SyncHistory } from '../../../../../electron/agent/legacy/sync/sync-schedule.ts'
import { syncEvery } from '../../../../../electron/contract/hub-sync.ts'

const minute = 60_000
const history = (more: Partial<SyncHistory> = {}): SyncHistory => ({
  every: 'hour',
  lastTryAt: 1_000 * minute,
  failures: 0,
  failingSince: null,
  ...more,
})
const at = (more: Partial<SyncHistory>, { now = 1_000 * minute, notBefore = 0, spread = 0 } = {}) =>
  dueAt(history(more), { now, notBefore, spread })

describe('the time of the next sync', () => {
  it('is an interval after the last one, moved by up to a tenth', () => {
    expect(at({})).toBe(1_060 * minute)
    expect(at({}, { spread: 0.999 })).toBeCloseTo(1_066 * minute, -4)
    expect(at({ every: '15min' })).toBe(1_015 * minute)
    expect(at({ every: 'day' })).toBe(2_440 * minute)
  })

  it('is never when it is off, and at once when there was none', () => {
    expect(at({ every: 'off' })).toBeNull()
    expect(at({ lastTryAt: null }, { now: 7 })).toBe(7)
  })

  it('comes sooner after a failure, then later and later up to the interval', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 40].map((failures) => ((at({ failures }) ?? 0) - 1_000 * minute) / minute)
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60])
  })

  it('waits as long as the hub wants, but not for years because a clock was set back', () => {
    expect(at({ failures: 1 }, { notBefore: 1_030 * minute })).toBe(1_030 * minute)
    expect(at({}, { now: 10 * minute })).toBeCloseTo(76 * minute, -4)
    expect(at({}, { now: 10 * minute, notBefore: 9_999 * minute })).toBe((10 + 1_440) * minute)
  })

  it('is at most once a minute, whatever happens', () => {
    const failures = fc.integer({ min: 0, max: 1_000 })
    const spread = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })
    fc.assert(
      fc.property(fc.constantFrom(...syncEvery.options), failures, spread, (every, failed, moved) => {
        const due = at({ every, failures: failed }, { spread: moved })
        expect((due ?? Infinity) - 1_000 * minute).toBeGreaterThanOrEqual(minute)
      }),
    )
  })
})

describe('a hub that does not work', () => {
  const since = (more: Partial<SyncHistory>) => history({ failures: 3, failingSince: 0, ...more })

  it('is worth a warning when that lasts, or at once when only a person can help', () => {
    expect(isWorrying(since({}), 'unreachable', 60 * minute)).toBe(false)
    expect(isWorrying(since({}), 'unreachable', 6 * 60 * minute)).toBe(true)
    expect(isWorrying(since({ every: '15min' }), 'timeout', 60 * minute)).toBe(true)
    expect(isWorrying(since({}), 'unauthorized', 1)).toBe(true)
    expect(isWorrying(since({}), 'not_found', 1)).toBe(true)
  })

  it('is worth none when it is off, or just wants a pause', () => {
    expect(isWorrying(since({ every: 'off' }), 'unauthorized', 1e12)).toBe(false)
    expect(isWorrying(history(), 'too_many', 1e12)).toBe(false)
    expect(isWorrying(since({}), null, 1e12)).toBe(false)
  })
})
