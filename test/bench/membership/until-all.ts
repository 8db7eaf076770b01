import type { Signal } from '../../../electron/agent/support/signal.ts'

/** Somebody who sees more and more, and whether it sees what is waited for. */
export interface Onlooker {
  readonly changed: Signal<unknown>
  holds(): boolean
}

/** Resolves with the time (`performance.now`) at which `holds` had been true once of each, or after `limit` ms. */
export function untilAll(onlookers: readonly Onlooker[], limit: number): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>()
  const waiting = new Set(onlookers)
  const look = (onlooker: Onlooker) => {
    if (waiting.has(onlooker) && onlooker.holds()) waiting.delete(onlooker)
    if (waiting.size === 0) resolve(performance.now())
  }
  const timer = setTimeout(() => resolve(performance.now()), limit)
  const stops = onlookers.map((onlooker) => onlooker.changed.subscribe(() => look(onlooker)))
  for (const onlooker of onlookers) look(onlooker)
  return promise.finally(() => {
    clearTimeout(timer)
    for (const stop of stops) stop()
  })
}
