import type { Health, Startable } from './components.ts'
import { toFcnError } from './errors.ts'
import { backOff } from './support/back-off.ts'
import { createTurns } from './support/turns.ts'
import type { Clock } from './support/clock.ts'
import type { Logger } from './support/logger.ts'
import type { Random } from './support/random.ts'
import type { Signal } from './support/signal.ts'

/** A part and how much the node depends on it. */
export interface Part {
  name: string
  part: Startable & {
    /** Announces that a started part has broken and needs a restart. */
    readonly failed?: Signal<unknown>
  }
  /** The node cannot run without it: if it does not start, nothing does. Others are restarted until they do. */
  essential: boolean
}

interface LifecycleComponents {
  clock: Clock
  random: Random
  log: Logger
  health: Health
}

/** Restarts wait 1 s at first and at most a minute, doubling. */
const restartDelays = { base: 1000, cap: 60_000 }

/** A part that ran this long (ms) before it failed starts over with the shortest delay. */
const stableAfter = 5 * 60_000

/**
 * Starts parts in order and stops them in reverse. If an essential part does not start, those started before it are
 * stopped and the error is thrown. A part that fails later, or an inessential one that does not start, is restarted
 * with growing delays while a health warning says so. `start` and `stop` are safe to call twice and at any time;
 * calls are carried out one after the other.
 */
export function createLifecycle(parts: readonly Part[], components: LifecycleComponents): Startable {
  let running: ReturnType<typeof supervise>[] = []
  const inTurn = createTurns()

  const stopAll = async () => {
    const stopping = running.toReversed()
    running = []
    for (const supervised of stopping) await supervised.stop()
  }

  return {
    start: () =>
      inTurn(async () => {
        if (running.length > 0) return
        try {
          for (const part of parts) {
            const supervised = supervise(part, components)
            running.push(supervised)
            await supervised.start()
          }
        } catch (error) {
          await stopAll()
          throw error
        }
      }),
    stop: () => inTurn(stopAll),
  }
}

function supervise({ name, part, essential }: Part, { clock, random, log, health }: LifecycleComponents): Startable {
  let stopped = false
  let attempt = 0
  let startedAt = 0
  let cancelRestart = () => {}
  let busy = Promise.resolve()
  let unsubscribe = () => {}

  const tryStart = async () => {
    await part.start()
    startedAt = clock.monotonic()
    health.clear(`part_${name}`)
  }

  const scheduleRestart = (cause: unknown) => {
    const error = toFcnError(cause)
    const delay = backOff(attempt++, restartDelays, random)
    log.error({ error: cause, part: name, delay: Math.round(delay) }, 'A part has failed and will be started again.')
    health.raise({
      code: `part_${name}`,
      severity: 'error',
      title: `${name} is being restarted`,
      text: error.code === 'internal' ? 'It stopped unexpectedly.' : error.message,
      action: error.action ?? null,
    })
    cancelRestart()
    cancelRestart = clock.after(delay, () => {
      busy = busy.then(restart)
    })
  }

  const restart = async () => {
    if (stopped) return
    try {
      await part.stop()
      await tryStart()
    } catch (error) {
      scheduleRestart(error)
    }
  }

  return {
    async start() {
      unsubscribe =
        part.failed?.subscribe((error) => {
          if (stopped) return
          if (clock.monotonic() - startedAt > stableAfter) attempt = 0
          scheduleRestart(error)
        }) ?? (() => {})
      try {
        await tryStart()
      } catch (error) {
        if (essential) throw error
        scheduleRestart(error)
      }
    },
    async stop() {
      stopped = true
      unsubscribe()
      cancelRestart()
      await busy
      try {
        await part.stop()
      } catch (error) {
        log.error({ error, part: name }, 'A part did not stop cleanly.')
      }
    },
  }
}
