import type { Clock } from '../agent/support/clock.ts'

/**
 * A terminal sends Ctrl+C to every program in it, and npm passes it on once more: what arrives within this time (ms)
 * of the first is the same key.
 */
const sameKey = 500

interface SignalSource {
  on(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP', listener: () => void): unknown
}

/** Calls `stop` on the first request to end (Ctrl+C, `kill`, closed terminal), and `exit` when it is asked for again. */
export function onStopSignals(source: SignalSource, clock: Clock, { stop, exit }: { stop: () => void; exit: () => void }): void {
  let asked: number | null = null
  const listener = () => {
    const now = clock.monotonic()
    if (asked === null) {
      asked = now
      stop()
    } else if (now - asked > sameKey) exit()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) source.on(signal, listener)
}
