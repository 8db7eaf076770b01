/** The numbers behind `/metrics` about what was routed: counted by the route log, read by the metrics. */
import type { RateView, RouteView } from '../contract/routing.ts'

/** `to` a peer, `from` a peer, or `local`: asked by a program on this machine and served by this node. */
export type RouteDirection = RateView['direction'] | 'local'

/** Sums since the node started, for one way and one thing. */
export interface RouteCounter {
  direction: RouteDirection
  /** `capability:<name>`, `service:<id>` for a service of this node, else `service:other`; `other` beyond the bound. */
  what: string
  /** Node id; empty when no peer was asked, `other` beyond the bound. */
  peer: string
  ended: Record<Exclude<RouteView['result'], 'running'>, number>
  bytesIn: number
  bytesOut: number
  retries: number
  underWay: number
}

/** How long requests took, for one way and one thing. */
export interface RouteDurations {
  direction: RouteDirection
  what: string
  /** How many took at most `seconds`, in the order of growing bounds; those above the last bound only count in `count`. */
  buckets: readonly { seconds: number; count: number }[]
  /** All of them, and their sum in seconds. */
  count: number
  sum: number
}
