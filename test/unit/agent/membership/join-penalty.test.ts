import { describe, expect, it } from 'vitest'
import type { FcnError } from '../../../../electron/agent/errors.ts'
import { createJoinPenalty, networkOf, penaltyOf } from '../../../../electron/agent/membership/join-penalty.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'

const refused = (retryAfter: number) => expect.objectContaining({ code: 'too_many', details: { retryAfter } }) as Error

describe('the penalty for asking in vain', () => {
  it('grows from nothing to an hour', () => {
    const seconds = [0, 1, 2, 3, 4, 5, 6, 7, 8, 1_000].map((failures) => penaltyOf(failures) / 1000)
    expect(seconds).toEqual([0, 5, 15, 45, 135, 405, 1_215, 3_600, 3_600, 3_600])
  })

  it('makes an address wait longer after each failure, and says how long', async () => {
    const clock = createFakeClock()
    const penalty = createJoinPenalty({ clock })
    for (const seconds of [5, 15, 45]) {
      penalty.pass('10.0.0.1', 0)
      penalty.fail('10.0.0.1')
      expect(() => penalty.pass('10.0.0.1', 0)).toThrow(refused(seconds))
      await clock.advance(seconds * 1000 - 1)
      expect(() => penalty.pass('10.0.0.1', 0)).toThrow(refused(1))
      await clock.advance(1)
    }
    penalty.pass('10.0.0.1', 0)
    penalty.pass('10.0.0.2', 0)
  })

  it('is not made longer by asking too early', async () => {
    const clock = createFakeClock()
    const penalty = createJoinPenalty({ clock })
    penalty.fail('10.0.0.1')
    for (let i = 0; i < 100; i++) expect(() => penalty.pass('10.0.0.1', 0)).toThrow(refused(5))
    await clock.advance(5_000)
    penalty.pass('10.0.0.1', 0)
  })

  it('counts open requests of one address beyond the third', async () => {
    const clock = createFakeClock()
    const penalty = createJoinPenalty({ clock })
    for (const open of [0, 1, 2]) penalty.pass('10.0.0.1', open)
    expect(() => penalty.pass('10.0.0.1', 3)).toThrow(refused(5))
    await clock.advance(5_000)
    penalty.pass('10.0.0.1', 3)
    expect(() => penalty.pass('10.0.0.1', 4)).toThrow(refused(15))
  })

  it('is forgotten after a day', async () => {
    const clock = createFakeClock()
    const penalty = createJoinPenalty({ clock })
    for (let i = 0; i < 20; i++) penalty.fail('10.0.0.1')
    await clock.advance(24 * 3_600_000)
    penalty.pass('10.0.0.1', 0)
    penalty.fail('10.0.0.1')
    expect(() => penalty.pass('10.0.0.1', 0)).toThrow(refused(5))
  })

  it('keeps guesses from one address below forty a day', async () => {
    const clock = createFakeClock()
    const penalty = createJoinPenalty({ clock })
    const secondsToWait = () => {
      try {
        penalty.pass('10.0.0.1', 0)
        return 0
      } catch (error) {
        return Number((error as FcnError).details?.['retryAfter'])
      }
    }
    let guesses = 0
    while (clock.monotonic() < 86_400_000) {
      const seconds = secondsToWait()
      await clock.advance(seconds * 1000)
      if (seconds > 0) continue
      penalty.fail('10.0.0.1')
      guesses++
    }
    expect(guesses).toBeLessThan(40)
  })
})

describe('an asker', () => {
  it('is an IPv4 address, or a whole IPv6 network however it is written', () => {
    expect(networkOf('192.0.2.7')).toBe('192.0.2.7')
    const same = ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::6', '2001:0DB8:0001:0002::', '2001:db8:1:2:ffff::1.2.3.4', '2001:db8:1:2::9%eth0']
    expect(new Set(same.map(networkOf))).toEqual(new Set(['2001:db8:1:2::/64']))
    expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0::/64')
    expect(networkOf('::1')).toBe('0:0:0:0::/64')
    expect(networkOf('2001:db8:1:3::6')).not.toBe('2001:db8:1:2::/64')
  })
})
