import type { Clock } from '../../electron/agent/support/clock.ts'

/** Virtual time: nothing happens until `advance` is called, then everything that is due, in order. */
export interface FakeClock extends Clock {
  /** Moves time on; lets promises settle between tasks. */
  advance(ms: number): Promise<void>
}

export function createFakeClock(start = 1_700_000_000_000): FakeClock {
  let time = 0
  const tasks = new Set<{ at: number; run: () => void }>()
  const settle = async () => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve()
  }
  return {
    now: () => start + time,
    monotonic: () => time,
    after(delay, run) {
      const task = { at: time + delay, run }
      tasks.add(task)
      return () => void tasks.delete(task)
    },
    async advance(ms) {
      const end = time + ms
      await settle()
      for (;;) {
        const due = [...tasks].filter((task) => task.at <= end).toSorted((a, b) => a.at - b.at)[0]
        if (due === undefined) break
        tasks.delete(due)
        time = Math.max(time, due.at)
        due.run()
        await settle()
      }
      time = end
    },
  }
}
