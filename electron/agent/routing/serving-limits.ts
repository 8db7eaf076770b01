/**
 * How much of this node its peers may take at once. This node's own requests are never held back, and count: what its
 * user needs is not there for others.
 */
import type { CapabilityLimits } from '../../contract/routing.ts'
import type { NodeId } from '../components.ts'
import { FcnError } from '../errors.ts'
import { createByteRate, type ByteRate } from '../support/byte-rate.ts'
import type { Clock } from '../support/clock.ts'
import { thingName, type Wanted } from './target.ts'

/** Longest wait for a place, ms: after it the caller had better ask another node. */
const longestWait = 30_000
/** Weight of a new service time in the smoothed one. */
const sampleWeight = 1 / 8
/** Byte rates kept, one per peer and thing; those without a request are forgotten first. */
const maxRates = 1_024

interface ServingLimitsComponents {
  clock: Clock
  limitsFor: (wanted: Wanted) => CapabilityLimits
  /** Why those who wait are not let in any more; null: they are. */
  refusalOf: (wanted: Wanted) => FcnError | null
}

interface Waiting {
  start: () => void
  late: (error: FcnError) => void
  cancelWait: () => void
}

/** One thing that is served. */
interface Place {
  running: number
  byPeer: Map<NodeId, number>
  /** First come, first served for each peer; peers take turns in the map's order. */
  queues: Map<NodeId, Waiting[]>
  waiting: number
  /** Smoothed time that a request takes, ms. */
  takes: number
}

export interface ServingLimits {
  /**
   * A peer's request: `start` runs now, or when there is a place; `late` when none came in time. Returns the function
   * that gives the place back, or leaves the queue; call it once. Throws `busy` (details: retryAfter, seconds).
   */
  enter(wanted: Wanted, peer: NodeId, start: () => void, late: (error: FcnError) => void): () => void
  /** A request of this node itself that is served here. Returns the function that ends it. */
  own(wanted: Wanted): () => void
  /** What a peer may send and receive for a thing; null without a limit. */
  rate(wanted: Wanted, peer: NodeId): ByteRate | null
}

export function createServingLimits({ clock, limitsFor, refusalOf }: ServingLimitsComponents): ServingLimits {
  const places = new Map<string, Place>()
  const rates = new Map<string, { bytesPerSecond: number; rate: ByteRate }>()

  const placeOf = (wanted: Wanted): Place => {
    const thing = thingName(wanted)
    const known = places.get(thing)
    if (known !== undefined) return known
    const place: Place = { running: 0, byPeer: new Map(), queues: new Map(), waiting: 0, takes: 1_000 }
    places.set(thing, place)
    return place
  }

  const hasRoom = (place: Place, peer: NodeId, { concurrent, concurrentPerPeer }: CapabilityLimits) =>
    place.running < concurrent && (place.byPeer.get(peer) ?? 0) < concurrentPerPeer

  const busy = (place: Place, { concurrent }: CapabilityLimits) => {
    const retryAfter = Math.max(1, Math.ceil((place.takes * (place.waiting + 1)) / concurrent / 1_000))
    return new FcnError('busy', 'This node serves as many requests as its owner allows; more are waiting already.', {
      action: `Ask another node, or this one again in ${retryAfter} seconds.`,
      details: { retryAfter },
    })
  }

  const begin = (place: Place, peer: NodeId) => {
    place.running++
    place.byPeer.set(peer, (place.byPeer.get(peer) ?? 0) + 1)
  }

  const end = (wanted: Wanted, place: Place, peer: NodeId | null) => {
    place.running--
    if (peer !== null) {
      const left = (place.byPeer.get(peer) ?? 1) - 1
      if (left === 0) place.byPeer.delete(peer)
      else place.byPeer.set(peer, left)
    }
    letIn(wanted, place)
  }

  /** Gives free places to peers in turn. */
  const letIn = (wanted: Wanted, place: Place) => {
    const limits = limitsFor(wanted)
    let next = nextPeer(place, limits)
    while (next !== null) {
      const queue = place.queues.get(next) as Waiting[]
      const waiting = queue.shift() as Waiting
      place.queues.delete(next) // re-inserted last: its next turn comes after the others'
      if (queue.length > 0) place.queues.set(next, queue)
      place.waiting--
      waiting.cancelWait()
      const refusal = refusalOf(wanted)
      if (refusal === null) waiting.start()
      else waiting.late(refusal)
      next = nextPeer(place, limits)
    }
  }

  const nextPeer = (place: Place, limits: CapabilityLimits): NodeId | null => {
    for (const peer of place.queues.keys()) if (hasRoom(place, peer, limits)) return peer
    return null
  }

  const leaveQueue = (place: Place, peer: NodeId, waiting: Waiting) => {
    const queue = place.queues.get(peer)
    const index = queue?.indexOf(waiting) ?? -1
    if (queue === undefined || index === -1) return
    queue.splice(index, 1)
    if (queue.length === 0) place.queues.delete(peer)
    place.waiting--
    waiting.cancelWait()
  }

  return {
    enter(wanted, peer, start, late) {
      const place = placeOf(wanted)
      const limits = limitsFor(wanted)
      let startedAt: number | null = null
      const run = () => {
        startedAt = clock.monotonic()
        begin(place, peer)
        start()
      }
      const leaving = (waiting: Waiting | null) => () => {
        if (startedAt === null) {
          if (waiting !== null) leaveQueue(place, peer, waiting)
          return
        }
        place.takes += (clock.monotonic() - startedAt - place.takes) * sampleWeight
        end(wanted, place, peer)
      }
      if (hasRoom(place, peer, limits)) {
        run()
        return leaving(null)
      }
      if (place.waiting >= limits.queue) throw busy(place, limits)
      const waiting: Waiting = { start: run, late, cancelWait: () => undefined }
      waiting.cancelWait = clock.after(longestWait, () => {
        leaveQueue(place, peer, waiting)
        late(busy(place, limits))
      })
      place.queues.set(peer, [...(place.queues.get(peer) ?? []), waiting])
      place.waiting++
      return leaving(waiting)
    },
    own(wanted) {
      const place = placeOf(wanted)
      place.running++
      return () => end(wanted, place, null)
    },
    rate(wanted, peer) {
      const { bandwidthPerPeer } = limitsFor(wanted)
      const key = `${peer} ${thingName(wanted)}`
      if (bandwidthPerPeer === null) {
        rates.delete(key)
        return null
      }
      const known = rates.get(key)
      if (known?.bytesPerSecond === bandwidthPerPeer) return known.rate
      const rate = createByteRate({ clock }, bandwidthPerPeer)
      rates.set(key, { bytesPerSecond: bandwidthPerPeer, rate })
      if (rates.size > maxRates) rates.delete(rates.keys().next().value as string)
      return rate
    },
  }
}
