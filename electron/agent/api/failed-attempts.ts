import type { AuditLog } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import { createRateLimit } from '../support/rate-limit.ts'

/**
 * What happens to wrong keys: API key, control token, one-time link. Ask it after the comparison, which takes constant
 * time: a right key always passes, or whoever tries keys from the owner's address would lock the owner out. The limit is
 * no protection against guessing, and none is needed: keys have 128 bits and more and are made here, never chosen by
 * people; strangers get a handful of answers per second at most (stranger-limit.ts). It keeps trying cheap and visible.
 */
export interface FailedAttempts {
  /** Throws `too_many` (details: retryAfter, seconds) when the address has failed too often. */
  check(address: string): void
  /** Counts a wrong key. */
  count(address: string): void
}

interface FailedAttemptsComponents {
  clock: Clock
  audit: Pick<AuditLog, 'record'>
}

/** The first of an address is written at once, those of the minute after it as one line. */
const period = 60_000
/** Addresses counted apart in one period; the rest are one. */
const maxAddresses = 1_000

/** Ten wrong keys at once, then one in ten seconds per address. */
export function createFailedAttempts({ clock, audit }: FailedAttemptsComponents): FailedAttempts {
  const limit = createRateLimit({ burst: 10, perSecond: 0.1, maxKeys: 10_000 }, clock)
  const further = new Map<string, number>()

  const note = (actor: string, attempts: number) =>
    audit.record({ action: 'key.refused', actor, actorId: actor, outcome: 'refused', details: { attempts } })

  const writeDown = (address: string) => {
    const actor = further.has(address) || further.size < maxAddresses ? address : 'other addresses'
    const count = further.get(actor)
    if (count !== undefined) {
      further.set(actor, count + 1)
      return
    }
    note(actor, 1)
    further.set(actor, 0)
    clock.after(period, () => {
      const more = further.get(actor) ?? 0
      further.delete(actor)
      if (more > 0) note(actor, more)
    })
  }

  return {
    check(address) {
      if (limit.allows(address)) return
      writeDown(address)
      const retryAfter = Math.max(1, limit.retryAfter(address))
      throw new FcnError('too_many', 'Too many wrong keys came from this address.', {
        action: `Try again in ${retryAfter} seconds, or with the right key.`,
        details: { retryAfter },
      })
    },
    count(address) {
      limit.take(address)
      writeDown(address)
    },
  }
}
