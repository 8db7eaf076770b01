import type { RateView } from '../contract/routing.ts'
import type { Snapshot } from '../contract/snapshot.ts'

/**
 * Work on which nothing has moved for so long (ms) is none: a connection that is only held open, as a page with a WebSocket
 * does, must not keep the computer awake for ever. A model that thinks before its first word takes less.
 */
const quietLimit = 10 * 60_000

/** When something moved last on each way from a peer that has work under way here, by its id; monotonic ms. */
export type MovedAt = ReadonlyMap<string, number>

/** What was seen before, brought up to now. Pure. */
export function followWork(before: MovedAt, rates: Snapshot['rates'], now: number): MovedAt {
  const served = Object.values(rates).filter(({ direction, underWay }) => direction === 'from' && underWay > 0)
  return new Map(served.map((rate) => [rate.id, moves(rate) ? now : (before.get(rate.id) ?? now)]))
}

const moves = ({ requestsPerSecond, bytesPerSecond }: RateView) => requestsPerSecond > 0 || bytesPerSecond > 0

/** How long the computer is to stay awake for it, ms from now; 0: not at all. */
export function awakeFor(moved: MovedAt, now: number): number {
  const last = Math.max(...moved.values(), Number.NEGATIVE_INFINITY)
  return Math.max(0, last + quietLimit - now)
}
