import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import { createRateLimit } from '../support/rate-limit.ts'

export interface FailedAttempts {
  /** Throws `too_many` (details: retryAfter, seconds) when the address has failed too often, before anything is compared. */
  check(address: string): void
  /** Counts a wrong key. */
  count(address: string): void
}

/** Ten wrong keys at once, then one in ten seconds per address: enough for typing errors, useless for guessing. */
export function createFailedAttempts(clock: Clock): FailedAttempts {
  const limit = createRateLimit({ burst: 10, perSecond: 0.1, maxKeys: 10_000 }, clock)
  return {
    check(address) {
      if (limit.allows(address)) return
      const retryAfter = Math.max(1, limit.retryAfter(address))
      throw new FcnError('too_many', 'Too many wrong keys came from this address.', {
        action: `Try again in ${retryAfter} seconds.`,
        details: { retryAfter },
      })
    },
    count: (address) => void limit.take(address),
  }
}
