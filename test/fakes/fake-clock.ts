import type { Clock } from '../../electron/agent/support/clock.ts'

export interface FakeClock extends Clock {
  /** Moves time on, running what falls due in order and letting promises settle in between. */
  advance(ms: number): Promise<void>
  /** Timers not yet run or cancelled. */
  pending(): number
}

export function createFakeClock(start = Date.parse('2026-01-01T00:00:00Z')): FakeClock {
  let elapsed = 0
  let sequence = 0
  const timers = new Map<number, { at: number; task: () => void }>()
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

  return {
    now: () => start + elapsed,
    monotonic: () => elapsed,
    after(delay, task) {
      const id = sequence++
      timers.set(id, { at: elapsed + Math.max(0, delay), task })
      return () => void timers.delete(id)
    },
    pending: () => timers.size,
    async advance(ms) {
      const end = elapsed + ms
      await settle()
      for (;;) {
        const due = [...timers].filter(([, { at }]) => at <= end).toSorted(([a, x], [b, y]) => x.at - y.at || a - b)[0]
        if (due === undefined) break
        timers.delete(due[0])
        elapsed = due[1].at
        due[1].task()
        await settle()
      }
      elapsed = end
    },
  }
}
