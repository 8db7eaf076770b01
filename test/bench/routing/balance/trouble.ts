/**
 * What the peers are like that requests are shared among: one of them slow for the middle half of the time, one failing
 * at once now and then. The same for the simulation and for real peers.
 */
import type { Random } from '../../../../electron/agent/support/random.ts'

export const peers = 11
/** Number of the peer that is slow for a while, and of the one that fails. */
export const slowPeer = 3
export const failingPeer = 7

/** Of the slow peer in its bad time, ms. */
export const slowness = 2_000
/** Share of its requests that the failing peer answers with 503, and how soon, ms. */
export const failing = { share: 0.3, after: 1 }
/** An answer later than this came too late, ms. */
export const inTime = 1_000

/** Whether the slow peer is slow at this part (0–1) of the run. */
export const isSlowAt = (part: number): boolean => part >= 0.25 && part < 0.75

/** How a peer answers a request that comes now; times in ms. */
export function answerOf(peer: number, slow: boolean, random: Random): { status: number; after: number } {
  if (peer === failingPeer && random.fraction() < failing.share) return { status: 503, after: failing.after }
  // some 20 ms, now and then three times as long, as a busy household's machine is
  const usual = 10 - 10 * Math.log(1 - random.fraction())
  return { status: 200, after: usual + (slow && peer === slowPeer ? slowness : 0) }
}
