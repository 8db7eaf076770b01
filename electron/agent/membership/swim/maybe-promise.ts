import type { MaybePromise } from './ports.ts'

/**
 * Goes on with a value at once when it is there already: a simulation whose signatures take no time then runs without
 * waiting for promises. `failed` gets the reason of a rejection.
 */
export function whenSettled<T>(value: MaybePromise<T>, use: (value: T) => void, failed: (error: unknown) => void): MaybePromise<void> {
  if (value instanceof Promise) return value.then(use).catch(failed)
  use(value)
}

/** Whether all checks hold; they run one after the other, and none after one that does not. */
export function allHold(checks: readonly (() => MaybePromise<boolean>)[]): MaybePromise<boolean> {
  for (const [index, check] of checks.entries()) {
    const held = check()
    if (held instanceof Promise) return held.then((held) => held && allHold(checks.slice(index + 1)))
    if (!held) return false
  }
  return true
}
