import { describe, expect, it } from 'vitest'
import { createTimers } from '../../../../../electron/agent/membership/swim/timers.ts'
import type { Clock } from '../../../../../electron/agent/support/clock.ts'
import { createFakeClock } from '../../../../fakes/fake-clock.ts'

const rules = { lateAfter: 500, sleptAfter: 5_000 }

/** A clock whose timers all come `by` ms too late once it slept. */
function sleepy() {
  const clock = createFakeClock()
  let behind = 0
  const late: Clock = { ...clock, monotonic: () => clock.monotonic() + behind, now: () => clock.now() + behind }
  return { clock, late, sleep: (ms: number) => void (behind += ms) }
}

describe('timers', () => {
  it('report once that this node was not running, before what is late is done', async () => {
    const { clock, late, sleep } = sleepy()
    const events: unknown[] = []
    const timers = createTimers({ clock: late, rules, late: (lost) => events.push(Math.round(lost)) })
    timers.after(1_000, () => events.push('a'))
    timers.after(1_001, () => events.push('b'))
    sleep(30_000)
    await clock.advance(2_000)
    expect(events).toEqual([30_000, 'a', 'b'])
  })

  it('report a jump of the wall clock in both directions', async () => {
    const clock = createFakeClock()
    const lost: number[] = []
    const timers = createTimers({ clock, rules, late: (ms) => lost.push(Math.round(ms)) })
    for (let tick = 1; tick <= 4; tick++) timers.after(tick * 1_000, () => undefined)
    await clock.advance(1_500)
    clock.setWallClock(clock.now() + 3_600_000)
    await clock.advance(1_000)
    clock.setWallClock(clock.now() - 3_600_000)
    await clock.advance(2_000)
    expect(lost).toEqual([3_600_000, 3_600_000])
  })

  it('say nothing of delays that every system has', async () => {
    const { clock, late, sleep } = sleepy()
    const lost: number[] = []
    const timers = createTimers({ clock: late, rules, late: (ms) => lost.push(ms) })
    timers.after(1_000, () => undefined)
    sleep(300)
    await clock.advance(2_000)
    expect(lost).toEqual([])
  })

  it('do not run when cancelled, by the report either', async () => {
    const { clock, late, sleep } = sleepy()
    const done: string[] = []
    const timers = createTimers({ clock: late, rules, late: () => cancel() })
    const cancel = timers.after(1_000, () => done.push('cancelled'))
    timers.after(1_000, () => done.push('kept'))
    sleep(10_000)
    await clock.advance(2_000)
    timers.after(1_000, () => done.push('stopped'))
    timers.stop()
    await clock.advance(2_000)
    expect(done).toEqual(['kept'])
  })
})
