import type { Random } from './random.ts'

interface BackOffOptions {
  /** Delay before the first retry, ms. */
  base: number
  /** No delay is longer, ms. */
  cap: number
}

/**
 * Delay before retry number `attempt` (0 is the first): exponential growth with full jitter over the upper half, so
 * that many nodes that failed together do not come back together. Result lies in [d/2, d] with d = min(cap, base·2^attempt).
 */
export function backOff(attempt: number, { base, cap }: BackOffOptions, random: Random): number {
  const ceiling = Math.min(cap, base * 2 ** Math.min(attempt, 30))
  return ceiling / 2 + (ceiling / 2) * random.fraction()
}
