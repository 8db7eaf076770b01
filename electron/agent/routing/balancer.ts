/** Which of several equals is asked. Pure but for the turns of round robin, which are its own. */
import type { LoadBalancing } from '../../contract/routing.ts'
import type { Random } from '../support/random.ts'

/** A candidate as far as sharing the work goes. */
export interface Equal {
  tier: number
  own: boolean
  /** Node and thing, by which the statistics know it. */
  key: string
}

/** What the choice asks about a candidate. */
export interface LoadOf<T> {
  /** Latency × requests that wait. */
  cost: (candidate: T) => number
  underWay: (candidate: T) => number
  /** Round trip of the way, ms; null when unknown. */
  distance: (candidate: T) => number | null
  isFailing: (candidate: T) => boolean
}

export interface Balancer {
  /**
   * The place of the one to ask; -1 when the list is empty. Lower tiers come first, and within a tier those that are
   * not failing; one that fails is asked only when nobody else is left. `thing` names what is asked for.
   */
  pick<T extends Equal>(candidates: readonly T[], loadBalancing: LoadBalancing | null, thing: string, load: LoadOf<T>): number
}

/** Turns remembered, one per thing. */
const maxTurns = 1_024

export function createBalancer({ random }: { random: Random }): Balancer {
  const turns = new Map<string, number>()

  const takeTurn = (thing: string): number => {
    const turn = turns.get(thing) ?? 0
    turns.set(thing, turn + 1)
    if (turns.size > maxTurns) turns.delete(turns.keys().next().value as string)
    return turn
  }

  return {
    pick(candidates, loadBalancing, thing, load) {
      if (candidates.length < 2) return candidates.length - 1
      const best = firstRank(candidates, load)
      if (best.length === 1) return best[0] as number
      const at = (place: number) => candidates[place] as (typeof candidates)[number]
      const draw = () => best[Math.floor(random.fraction() * best.length)] as number
      if (loadBalancing === 'round-robin') return best[takeTurn(thing) % best.length] as number
      if (loadBalancing === 'least-loaded') return least(best, draw, (place) => load.underWay(at(place)))
      if (loadBalancing === 'lowest-latency') return least(best, draw, (place) => load.distance(at(place)) ?? Infinity)
      return cheaperOfTwo(
        best,
        random,
        (place) => load.cost(at(place)),
        best.find((place) => at(place).own),
      )
    },
  }
}

/** Places of the candidates that come before all others: by failing or not, then by tier. */
function firstRank<T extends Equal>(candidates: readonly T[], { isFailing }: LoadOf<T>): number[] {
  let best: number[] = []
  let rank = Infinity
  for (const [place, candidate] of candidates.entries()) {
    const own = candidate.tier + (isFailing(candidate) ? failing : 0)
    if (own > rank) continue
    if (own < rank) best = []
    rank = own
    best.push(place)
  }
  return best
}

/** Above every tier there is. */
const failing = 1_000_000

/** One of the least; among several of them any. */
function least(places: readonly number[], draw: () => number, valueOf: (place: number) => number): number {
  let chosen = draw()
  let value = valueOf(chosen)
  for (const place of places) {
    const other = valueOf(place)
    if (other < value) [chosen, value] = [place, other]
  }
  return chosen
}

/**
 * The cheaper of two drawn at random (Mitzenmacher, "The power of two choices in randomized load balancing", 2001):
 * drawing two rather than sorting keeps many callers from rushing to the same best peer. This node itself, when it can
 * serve, is always in the draw, since nothing is nearer.
 */
function cheaperOfTwo(places: readonly number[], random: Random, cost: (place: number) => number, own: number | undefined): number {
  const first = Math.floor(random.fraction() * places.length)
  const second = (first + 1 + Math.floor(random.fraction() * (places.length - 1))) % places.length
  const [a, b] = [places[first] as number, places[second] as number]
  const [costOfA, costOfB] = [cost(a), cost(b)]
  const cheaper = costOfB < costOfA ? b : a
  if (own === undefined || own === cheaper) return cheaper
  return cost(own) <= Math.min(costOfA, costOfB) ? own : cheaper
}
