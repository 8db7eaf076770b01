import type { NodeId } from '../components.ts'
import type { Random } from '../support/random.ts'

export interface Load {
  /** Requests sent there that have not ended. */
  outstanding: number
  /** Smoothed latency of the path; null when nothing was measured yet. */
  latencyMs: number | null
}

/** Assumed where nothing was measured, ms: worse than a home network, so that known good peers go first, yet each gets its chance. */
const unknownLatency = 20

/**
 * The order in which to ask. Lower tiers first; within a tier each place goes to the cheaper of two drawn at random
 * ("The power of two choices in randomized load balancing", Mitzenmacher 2001), cost being latency times the requests
 * that wait. Drawing two rather than sorting keeps many callers from rushing to the same best peer.
 */
export function balance<T extends { nodeId: NodeId; tier: number }>(
  candidates: readonly T[],
  loadOf: (node: NodeId) => Load,
  random: Random,
): T[] {
  const cost = ({ nodeId }: T) => {
    const { outstanding, latencyMs } = loadOf(nodeId)
    return ((latencyMs ?? unknownLatency) + 1) * (outstanding + 1)
  }
  const order: T[] = []
  for (const tier of [...new Set(candidates.map((candidate) => candidate.tier))].toSorted((a, b) => a - b)) {
    const left = candidates.filter((candidate) => candidate.tier === tier)
    while (left.length > 0) {
      const first = Math.floor(random.fraction() * left.length)
      const other = (first + 1 + Math.floor(random.fraction() * (left.length - 1))) % left.length
      const better = cost(left[other] as T) < cost(left[first] as T) ? other : first
      order.push(...left.splice(better, 1))
    }
  }
  return order
}
