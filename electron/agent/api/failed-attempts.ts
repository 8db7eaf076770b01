import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import { createRateLimit } from '../support/rate-limit.ts'

/**
 * What happens to wrong keys: API key, control token, one-time link. Ask it after the comparison, which takes constant
 * time: a right key always passes, or whoever tries keys from the owner's address would lock the owner out. The limit is
 * no protection against guessing, and none is needed: keys have 128 bits and more and are made here, never chosen by
 * people; strangers get a handful of answers per second at most (stranger-limit.ts). It keeps trying cheap; each wrong key leaves a line in the audit log (audit/refusals.ts).
 */
export interface FailedAttempts {
  /** Throws `too_many` (details: retryAfter, seconds) when the address has failed too often. */
  check(address: string): void
  /** Counts a wrong key. */
  count(address: string): void
}

/** Ten wrong keys at once, then one in ten seconds per address. */
export function createFailedAttempts({ clock }: { clock: Clock }): FailedAttempts {
  const limit = createRateLimit({ burst: 10, perSecond: 0.1, maxKeys: 10_000 }, clock)
  return {
    check(address) {
      if (limit.allows(address)) return
      const retryAfter = Math.max(1, limit.retryAfter(address))
      throw new FcnError('too_many', 'Too many wrong keys came from this address.', {
        action: `Try again in ${retryAfter} seconds, or with the right key.`,
        details: { retryAfter },
      })
    },
    count: (address) => void limit.take(address),
  }
}
