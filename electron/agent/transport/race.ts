import type { Clock } from '../support/clock.ts'

/** The next way is tried this long after the one before, ms, unless that failed earlier (RFC 8305, section 5 and 8). */
const headStart = 250

interface Race<T> {
  clock: Clock
  run: (url: string, signal: AbortSignal) => Promise<T>
  /** Closes what came too late to win. */
  discard: (result: T) => void
  /** One way has failed while nobody had won. */
  failed: (url: string, error: unknown) => void
}

/**
 * Tries addresses in their order, all of them at most, each with a head start before the next; the first that works wins
 * and the others are given up. Null when none works. Rejects with the signal's reason.
 */
export function race<T>(
  urls: readonly string[],
  { clock, run, discard, failed }: Race<T>,
  signal: AbortSignal,
): Promise<{ url: string; result: T } | null> {
  return new Promise((resolve, reject) => {
    const tries = new AbortController()
    let next = 0
    let under = 0
    let over = false
    let cancel = () => undefined as void

    const end = (act: () => void) => {
      over = true
      cancel()
      signal.removeEventListener('abort', onAbort)
      tries.abort(new Error('Another way was quicker.'))
      act()
    }
    const onAbort = () => end(() => reject(signal.reason as Error))

    const attempt = async (url: string) => {
      try {
        const result = await run(url, tries.signal)
        if (over) discard(result)
        else end(() => resolve({ url, result }))
      } catch (error) {
        under--
        if (over) return
        failed(url, error)
        tryNext()
      }
    }
    const tryNext = () => {
      cancel()
      const url = urls[next]
      if (url === undefined) {
        if (under === 0) end(() => resolve(null))
        return
      }
      next++
      under++
      if (next < urls.length) cancel = clock.after(headStart, tryNext)
      void attempt(url)
    }

    if (signal.aborted) {
      reject(signal.reason as Error)
      return
    }
    signal.addEventListener('abort', onAbort, { once: true })
    tryNext()
  })
}
