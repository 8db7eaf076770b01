import type { Startable } from '../agent/components.ts'
import { type Clock, sleep } from '../agent/support/clock.ts'
import type { Logger } from '../agent/support/logger.ts'

/** Longest that a node may take to say goodbye and close its files, ms. */
export const stopLimit = 5_000

/** Stops `part`; resolves after `stopLimit` at the latest, whether it has stopped or not. Never rejects. */
export async function stopInTime(part: Startable, { clock, log }: { clock: Clock; log: Logger }): Promise<void> {
  const done = new AbortController()
  const late = sleep(clock, stopLimit, done.signal).then(
    () => log.warn({ limitMs: stopLimit }, 'The node did not stop in time and is ended.'),
    () => undefined,
  )
  const stopped = part.stop().catch((error: unknown) => log.error({ err: error }, 'The node did not stop in order.'))
  await Promise.race([stopped, late])
  done.abort()
}
