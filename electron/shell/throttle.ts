import type { Clock } from '../agent/support/clock.ts'

/** Runs `task` soon after it was asked for, and at most once per `interval` (ms). The last asking is never lost. */
export function throttle(clock: Clock, interval: number, task: () => void): { ask: () => void; end: () => void } {
  let nextAllowed = Number.NEGATIVE_INFINITY
  let cancel: (() => void) | null = null
  const run = () => {
    cancel = null
    nextAllowed = clock.monotonic() + interval
    task()
  }
  return {
    ask: () => void (cancel ??= clock.after(Math.max(0, nextAllowed - clock.monotonic()), run)),
    end: () => cancel?.(),
  }
}
