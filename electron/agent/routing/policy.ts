/** What a mesh's rules make of those who can serve. Pure. */
import type { LoadBalancing, PolicyRules, WhyNot } from '../../contract/routing.ts'
import type { NodeId } from '../components.ts'
import type { Candidate, LeftOut } from './candidates.ts'

/** What is known of the way to a node, from this side. */
export interface Way {
  /** Round trip, ms; null when nothing was measured yet. */
  latencyMs: number | null
  relayed: boolean
  /** This node's own connection is paid by volume. */
  metered: boolean
}

export interface Ranked<T> {
  candidates: (T & { tier: number })[]
  leftOut: LeftOut[]
  loadBalancing: LoadBalancing | null
}

/** Tiers of nodes that no list names, and of those named for the last resort. A preferred node's tier is its place in the list. */
const unnamed = 64
const fallback = 128
/** Added for a node that may be too far, and for one that is being checked: both are asked only when no other can serve. */
const uncertain = 256
const suspected = 512

/**
 * Leaves out whom the rules forbid and says in which order the others are asked: lower tiers first, equals within a
 * tier. This node itself is never too far, relayed or metered.
 */
export function applyRules<T extends Candidate>(
  candidates: readonly T[],
  rulesFor: (candidate: T) => PolicyRules,
  wayTo: (node: NodeId) => Way,
): Ranked<T> {
  const ranked: Ranked<T> = { candidates: [], leftOut: [], loadBalancing: null }
  for (const candidate of candidates) {
    const rules = rulesFor(candidate)
    ranked.loadBalancing ??= rules.loadBalancing ?? null
    const way = candidate.own ? atHome : wayFor(candidate, wayTo(candidate.nodeId))
    const why = forbidden(rules, way)
    if (why !== null) ranked.leftOut.push({ id: candidate.nodeId, name: candidate.name, why })
    else ranked.candidates.push({ ...candidate, tier: tierOf(candidate, rules, way) })
  }
  return ranked
}

/** It is metered when either side's connection is. */
const wayFor = ({ metered }: Candidate, way: Way): Way => (metered ? { ...way, metered } : way)

const atHome: Way = { latencyMs: 0, relayed: false, metered: false }

function forbidden({ onlyDirect, avoidMetered, maxDistance }: PolicyRules, { latencyMs, relayed, metered }: Way): WhyNot | null {
  if (onlyDirect === true && relayed) return 'relayed'
  if (avoidMetered === true && metered) return 'metered'
  return maxDistance !== undefined && latencyMs !== null && latencyMs > maxDistance ? 'too_far' : null
}

function tierOf({ nodeId, suspect }: Candidate, { preferredNodes, fallbackNodes, maxDistance }: PolicyRules, { latencyMs }: Way): number {
  const place = preferredNodes?.indexOf(nodeId) ?? -1
  const named = place >= 0 ? place : fallbackNodes?.includes(nodeId) === true ? fallback : unnamed
  return named + (maxDistance !== undefined && latencyMs === null ? uncertain : 0) + (suspect ? suspected : 0)
}
