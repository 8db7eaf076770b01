/**
 * Which of the places that have a model is asked: the one where the answer is likely to be whole first. Pure.
 *
 * The guess is load time (when the model is not in memory) + time to the first token + what has to be written before and for
 * this request. It needs no weights: everything is milliseconds, and what was never measured has a usual value.
 */
import type { Random } from '../../support/random.ts'

/** A place as far as the choice goes. */
export interface Place {
  /** Of the policy: lower ones first. */
  tier: number
  /** It failed again and again just now: asked only when nobody else is left. */
  isFailing: boolean
  /** Null: the engine does not tell, and is taken for one that loads quickly. */
  loaded: boolean | null
  /** Bytes; null: unknown. */
  size: number | null
  /** Requests under way and waiting there, of whoever. */
  busy: number
  /** As it was there lately; null before the first request. */
  firstTokenMs: number | null
  tokensPerSecond: number | null
  /** Round trip, ms; null: unknown. */
  distance: number | null
  /** It had the requests of this conversation before, so that its beginning is still in the engine's memory. */
  isFamiliar: boolean
}

/** An answer of usual length, tokens: what one request in front of another costs it. */
const usualAnswer = 200
/** Assumed before anything was measured there: as an unremarkable machine does. */
const usualFirstToken = 400
const usualSpeed = 20
const usualDistance = 20
/** Loading reads the model from disk at so many bytes per ms (a household's SSD does 0.5 to 3 GB/s), and takes this long at least. */
const loadRate = 1_000_000
const shortestLoad = 1_000
/** Of a model whose size nobody knows. */
const usualLoad = 5_000
/** A familiar place is left only for one that is this much better: processing a long beginning anew takes longer than a short wait. */
const familiarity = 0.6
/** Places that differ by less are equals, among which chance decides: else everybody would rush to the same one. */
const tolerance = 1.05

/** How long until the answer is whole, ms, as far as anybody can guess. */
export function expectedTime(place: Place): number {
  const load = place.loaded === false ? (place.size === null ? usualLoad : Math.max(shortestLoad, place.size / loadRate)) : 0
  const writing = (usualAnswer * 1_000) / Math.max(place.tokensPerSecond ?? usualSpeed, 0.01)
  const time = load + (place.firstTokenMs ?? usualFirstToken) + (place.busy + 1) * writing + (place.distance ?? usualDistance)
  return place.isFamiliar ? time * familiarity : time
}

/** The place to ask; -1 when there is none. */
export function pickPlace(places: readonly Place[], random: Pick<Random, 'fraction'>): number {
  const rank = ({ isFailing, tier }: Place) => tier + (isFailing ? failing : 0)
  const first = Math.min(...places.map(rank))
  const costs = places.map((place) => (rank(place) === first ? expectedTime(place) : Infinity))
  const least = Math.min(...costs)
  const best = costs.flatMap((cost, at) => (cost <= least * tolerance ? [at] : []))
  return best[Math.floor(random.fraction() * best.length)] ?? -1
}

/** Above every tier there is. */
const failing = 1_000_000
