/** Ways to tell the time and to be called later; parameters so that tests need none. */
export interface Pace {
  now: () => number
  /** Calls `run` after `delay` ms unless the returned function was called before. */
  later: (run: () => void, delay: number) => () => void
}

const windowPace: Pace = {
  now: () => performance.now(),
  later(run, delay) {
    const timer = setTimeout(run, delay)
    return () => clearTimeout(timer)
  },
}

/**
 * Passes on what is put in: at once after a rest, else at most every `interval` ms and then only the newest, so that a
 * state that changes fifty times a second is not drawn fifty times. `flush` passes on what still waits.
 */
export function createPaced<T>(pass: (value: T) => void, interval: number, { now, later }: Pace = windowPace) {
  let waiting: { value: T; cancel: () => void } | null = null
  let last = -Infinity

  const flush = () => {
    if (waiting === null) return
    const { value, cancel } = waiting
    waiting = null
    cancel()
    last = now()
    pass(value)
  }

  return {
    put(value: T): void {
      if (waiting === null) waiting = { value, cancel: () => {} }
      else {
        waiting.value = value
        return
      }
      const rest = last + interval - now()
      if (rest <= 0) flush()
      else waiting.cancel = later(flush, rest)
    },
    flush,
    /** Drops what waits. */
    stop(): void {
      waiting?.cancel()
      waiting = null
    },
  }
}
