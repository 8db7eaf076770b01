import type { Clock } from './clock.ts'

interface RateLimitOptions {
  /** Tokens a fresh key has, and the most it can save up. */
  burst: number
  /** Tokens given back per second. */
  perSecond: number
  /** Keys remembered; the longest unused is forgotten first, which only ever gives it a full bucket again. */
  maxKeys: number
}

/** A token bucket per key (an address, a node id). */
export interface RateLimit {
  /** Takes a token; false when there is none. */
  take(key: string): boolean
  /** Whether `take` would succeed, without taking. */
  allows(key: string): boolean
  /** Seconds until `key` has a token again, rounded up. */
  retryAfter(key: string): number
}

export function createRateLimit({ burst, perSecond, maxKeys }: RateLimitOptions, clock: Clock): RateLimit {
  const buckets = new Map<string, { tokens: number; at: number }>()

  const current = (key: string) => {
    const now = clock.monotonic()
    const bucket = buckets.get(key)
    const tokens = bucket ? Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond) : burst
    return { tokens, at: now }
  }

  return {
    take(key) {
      const bucket = current(key)
      const allowed = bucket.tokens >= 1
      if (allowed) bucket.tokens -= 1
      buckets.delete(key) // re-inserted last: the map's order is the order of last use
      buckets.set(key, bucket)
      if (buckets.size > maxKeys) buckets.delete(buckets.keys().next().value as string)
      return allowed
    },
    allows: (key) => current(key).tokens >= 1,
    retryAfter: (key) => Math.max(0, Math.ceil((1 - current(key).tokens) / perSecond)),
  }
}
