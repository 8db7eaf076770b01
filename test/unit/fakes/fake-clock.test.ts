import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sleep } from '../../../electron/agent/support/clock.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'

describe('fake clock', () => {
  it('runs timers in order of due time, then of making, each at its own instant', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(50), { maxLength: 40 }), async (delays) => {
        const clock = createFakeClock()
        const ran: { delay: number; index: number; at: number }[] = []
        for (const [index, delay] of delays.entries()) clock.after(delay, () => ran.push({ delay, index, at: clock.monotonic() }))
        await clock.advance(50)
        const expected = delays.map((delay, index) => ({ delay, index, at: delay })).toSorted((a, b) => a.delay - b.delay)
        expect(ran).toEqual(expected)
        expect(clock.pending).toBe(0)
      }),
    )
  })

  it('runs timers made while time passes', async () => {
    const clock = createFakeClock()
    const ticks: number[] = []
    const loop = async () => {
      for (;;) {
        await sleep(clock, 1000, new AbortController().signal)
        ticks.push(clock.monotonic())
      }
    }
    void loop()
    await clock.advance(3500)
    expect(ticks).toEqual([1000, 2000, 3000])
    expect(clock.monotonic()).toBe(3500)
    expect(clock.pending).toBe(1)
  })

  it('does not run what was cancelled', async () => {
    const clock = createFakeClock()
    let ran = false
    const cancel = clock.after(10, () => (ran = true))
    cancel()
    cancel()
    await clock.advance(100)
    expect(ran).toBe(false)
    expect(clock.pending).toBe(0)
  })

  it('moves the wall clock without touching timers', async () => {
    const clock = createFakeClock(1_000_000)
    let at = -1
    clock.after(10, () => (at = clock.monotonic()))
    clock.setWallClock(5_000_000)
    expect(clock.now()).toBe(5_000_000)
    await clock.advance(10)
    expect(at).toBe(10)
    expect(clock.now()).toBe(5_000_010)
  })
})
