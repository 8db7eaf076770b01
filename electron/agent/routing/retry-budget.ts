import type { Clock } from '../support/clock.ts'

/** Retries per request, in the long run: enough for a node that fails now and then, too little to double the load of a mesh in trouble. */
const share = 0.2
/** So many retries a second are always allowed: a household makes few requests, and the first may fail. */
const perSecond = 10
/** Saved up at most. */
const most = 100

export interface RetryBudget {
  /** A request arrived, which pays for a fifth of a retry. */
  deposit(): void
  /** Whether a retry is allowed now; it is paid. */
  withdraw(): boolean
}

/** Keeps retries from becoming a storm (the retry budgets of Finagle and Linkerd, "Retries" in Linkerd's documentation). */
export function createRetryBudget({ clock }: { clock: Clock }): RetryBudget {
  let saved = 0
  let reserve = perSecond
  let at = clock.monotonic()
  return {
    deposit: () => void (saved = Math.min(most, saved + share)),
    withdraw() {
      if (saved >= 1) {
        saved -= 1
        return true
      }
      const now = clock.monotonic()
      reserve = Math.min(perSecond, reserve + ((now - at) / 1000) * perSecond)
      at = now
      if (reserve < 1) return false
      reserve -= 1
      return true
    },
  }
}
