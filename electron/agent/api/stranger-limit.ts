import type { Caller } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import { createRateLimit } from '../support/rate-limit.ts'

interface StrangerLimitComponents {
  clock: Clock
  /** Whether a caller may ask as often as it likes: members of our meshes. */
  trusts: (caller: Caller) => boolean
}

/** Throws `too_many` for a stranger that asks more often than the limits say. This machine is no stranger. */
export function createStrangerLimit(
  { clock, trusts }: StrangerLimitComponents,
  { strangerBurst, strangerPerSecond }: { strangerBurst: number; strangerPerSecond: number },
): (caller: Caller) => void {
  const limit = createRateLimit({ burst: strangerBurst, perSecond: strangerPerSecond, maxKeys: 10_000 }, clock)
  return (caller) => {
    const local = caller.kind === 'plain' && caller.loopback
    if (local || trusts(caller) || limit.take(caller.address)) return
    const retryAfter = limit.retryAfter(caller.address)
    throw new FcnError('too_many', 'Too many requests from this address.', {
      action: `Try again in ${retryAfter} seconds.`,
      details: { retryAfter },
    })
  }
}
