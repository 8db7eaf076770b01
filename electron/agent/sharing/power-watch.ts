import type { PowerSource } from '../components.ts'
import type { Clock } from '../support/clock.ts'
import type { Logger } from '../support/logger.ts'
import { createEmitter } from '../support/signal.ts'

interface PowerWatchComponents {
  clock: Clock
  log: Logger
  /** Null when the machine does not tell. Rejects when aborted. */
  readPower: (signal: AbortSignal) => Promise<boolean | null>
}

/** How often the power is looked at while somebody listens, ms: the kernel announces it to root only. */
const interval = 30_000

/** The power of a machine whose system announces nothing: looked at once at the start, and then only while somebody listens. */
export function createPowerWatch({ clock, log, readPower }: PowerWatchComponents): PowerSource {
  let known: boolean | null = null
  let isWatched = false
  let running: AbortController | null = null
  let looking = Promise.resolve()
  let cancel = () => undefined as void
  const changed = createEmitter({
    watched(is) {
      isWatched = is
      cancel()
      if (is) look()
    },
  })

  const read = async (signal: AbortSignal) => {
    try {
      const found = await readPower(signal)
      if (signal.aborted || found === known) return
      known = found
      changed.emit()
    } catch (error) {
      if (!signal.aborted) log.debug({ error }, 'The machine does not tell of its power.')
    }
  }

  function look(): void {
    const signal = running?.signal
    if (signal === undefined) return
    looking = looking.then(() => read(signal))
    if (isWatched) cancel = clock.after(interval, look)
  }

  return {
    changed,
    onBattery: () => known,
    async start() {
      if (running !== null) return
      running = new AbortController()
      look()
      await looking
    },
    async stop() {
      cancel()
      running?.abort()
      running = null
      await looking
    },
  }
}
