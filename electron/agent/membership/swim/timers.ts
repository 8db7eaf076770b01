/**
 * Timers that notice when they run late. A node that was paused, asleep or starved must know it before it draws
 * conclusions from silence, and its own lateness tells it on every system.
 */
import type { Clock } from '../../support/clock.ts'
import type { SwimRules } from './rules.ts'

export interface Timers {
  monotonic(): number
  /** Runs `task` after `delay` ms unless cancelled or stopped before. */
  after(delay: number, task: () => void): () => void
  /** Cancels everything; timers set later run again. */
  stop(): void
}

interface Options {
  clock: Clock
  rules: Pick<SwimRules, 'lateAfter' | 'sleptAfter'>
  /** This node was not running for `lost` ms, or its wall clock jumped by so much. Called before the late task runs. */
  late: (lost: number) => void
}

export function createTimers({ clock, rules, late }: Options): Timers {
  const cancels = new Set<() => void>()
  let wallAhead = clock.now() - clock.monotonic()
  /** Lateness before this was reported. */
  let reported = -Infinity

  function notice(due: number): void {
    const now = clock.monotonic()
    const ahead = clock.now() - now
    const jump = Math.abs(ahead - wallAhead)
    const lateness = now - Math.max(due, reported)
    wallAhead = ahead
    if (lateness <= rules.lateAfter && jump <= rules.sleptAfter) return
    reported = now
    late(Math.max(lateness, jump))
  }

  return {
    monotonic: () => clock.monotonic(),
    after(delay, task) {
      const due = clock.monotonic() + Math.max(0, delay)
      let cancelled = false
      const stop = clock.after(Math.max(0, delay), () => {
        notice(due)
        if (cancelled) return
        cancels.delete(cancel)
        task()
      })
      const cancel = () => {
        cancelled = true
        cancels.delete(cancel)
        stop()
      }
      cancels.add(cancel)
      return cancel
    },
    stop() {
      for (const cancel of [...cancels]) cancel()
      reported = clock.monotonic()
      wallAhead = clock.now() - reported
    },
  }
}
