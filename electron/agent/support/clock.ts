/** Time as a parameter, so that tests and simulations run in virtual time. All values are milliseconds. */
export interface Clock {
  /** Wall clock, since 1970-01-01 UTC; may jump. */
  now(): number
  /** Never goes back; only differences mean something. */
  monotonic(): number
  /** Runs `task` once after `delay`; the returned function cancels it. Never keeps the process alive by itself. */
  after(delay: number, task: () => void): () => void
}

/** Node runs timers with a longer delay (ms) at once. */
const longestTimer = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delay, task) {
    let cancel = () => {}
    const wait = (left: number) => {
      const timer = setTimeout(() => (left > longestTimer ? wait(left - longestTimer) : task()), Math.min(left, longestTimer))
      timer.unref()
      cancel = () => clearTimeout(timer)
    }
    wait(delay)
    return () => cancel()
  },
}

/** Resolves after `delay`; rejects with the signal's reason when aborted first. */
export function sleep(clock: Clock, delay: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason as Error)
      return
    }
    const onAbort = () => {
      cancel()
      reject(signal.reason as Error)
    }
    const cancel = clock.after(delay, () => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    })
    signal.addEventListener('abort', onAbort, { once: true })
  })
}
