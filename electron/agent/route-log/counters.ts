import type { RouteCounter, RouteDirection, RouteDurations } from '../route-log-components.ts'

/** Peers told apart in the counters; the rest are `other`. More: larger answers of `/metrics`. */
const maxPeers = 50
/** Counters in all; what comes later is counted together, per direction. */
const maxSeries = 1_000

/** Upper bounds of the buckets, s: from what this node itself adds to what a model thinks about. */
const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120]

/** A counter that is counted up where requests pass, so its fields are plain and mutable. */
export interface Series extends Omit<RouteCounter, 'ended'> {
  ended: { ok: number; failed: number; cancelled: number }
  readonly durations: Durations
}

interface Durations {
  readonly direction: RouteDirection
  readonly what: string
  /** One more than bounds: the last is for what took longer. */
  readonly counts: number[]
  count: number
  sum: number
}

/** Owner of the counters behind `/metrics`: of a bounded number, never taken away while the node runs. */
export interface Counters {
  /** The counter to count in from now on; looked up when a way comes into use, not for every request. */
  series(direction: RouteDirection, what: string, peer: string): Series
  read(): { counters: RouteCounter[]; durations: RouteDurations[] }
}

export function createCounters(): Counters {
  const all = new Map<string, Series>()
  const durations = new Map<string, Durations>()
  const peers = new Set<string>([''])

  const boundedPeer = (peer: string) => {
    if (peers.size <= maxPeers) peers.add(peer)
    return peers.has(peer) ? peer : 'other'
  }

  const make = (key: string, direction: RouteDirection, what: string, peer: string): Series => {
    const durationKey = `${direction} ${what}`
    const timed = durations.get(durationKey) ?? { direction, what, counts: [...bounds, Infinity].map(() => 0), count: 0, sum: 0 }
    durations.set(durationKey, timed)
    const none = { bytesIn: 0, bytesOut: 0, retries: 0, underWay: 0 }
    const series: Series = { direction, what, peer, ended: { ok: 0, failed: 0, cancelled: 0 }, ...none, durations: timed }
    all.set(key, series)
    return series
  }

  return {
    series(direction, asked, askedPeer) {
      const peer = boundedPeer(askedPeer)
      const key = `${direction} ${asked} ${peer}`
      const known = all.get(key)
      if (known) return known
      if (all.size < maxSeries) return make(key, direction, asked, peer)
      const rest = `${direction} other other`
      return all.get(rest) ?? make(rest, direction, 'other', 'other')
    },
    read: () => ({
      counters: [...all.values()].map(counterOf),
      durations: [...durations.values()].map(({ counts, ...rest }) => ({ ...rest, buckets: cumulated(counts) })),
    }),
  }
}

const counterOf = ({ direction, what, peer, ended, bytesIn, bytesOut, retries, underWay }: Series): RouteCounter => {
  return { direction, what, peer, ended: { ...ended }, bytesIn, bytesOut, retries, underWay }
}

/** Counts one request that took so many seconds. */
export function observe(durations: Durations, seconds: number): void {
  durations.count += 1
  durations.sum += seconds
  let bucket = 0
  while (bucket < bounds.length && seconds > (bounds[bucket] as number)) bucket += 1
  durations.counts[bucket] = (durations.counts[bucket] ?? 0) + 1
}

/** Prometheus counts in each bucket what is below its bound, so that a bucket includes those before it. */
function cumulated(counts: readonly number[]): RouteDurations['buckets'] {
  let below = 0
  return bounds.map((seconds, index) => ({ seconds, count: (below += counts[index] ?? 0) }))
}
