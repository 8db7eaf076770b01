/** How the router, the route log and the metrics know each other; as components.ts, which passes it on, without any implementation. */
import type { ErrorCode } from '../contract/error-codes.ts'
import type { RateView, RoutedView, RouteQuery, RouteView } from '../contract/routing.ts'
import type { TrafficView } from '../contract/traffic.ts'
import type { MeshId, NodeId, Startable } from './components.ts'
import type { Signal } from './support/signal.ts'

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

/** What is known of a request when it arrives. */
export interface ArrivedRequest {
  requestId: string
  /** The peer that asks; null for a program on this machine. */
  from: { id: NodeId; name: string } | null
  kind: RouteView['kind']
  what: string
  mesh: MeshId | null
  method: string
}

/** One request under way. Every method is cheap: nothing is written or announced at once. */
export interface OpenRoute {
  /** Called for each node that is asked. */
  sentTo(node: { id: NodeId; name: string; path: NonNullable<RouteView['path']> }): void
  /**
   * Who counts its body bytes as they pass: read about once a second, so that a long stream shows while it runs. Without
   * it they count when it ends.
   */
  carriedBy(traffic: { readonly bytesIn: number; readonly bytesOut: number }): void
  /** The head of an answer came from the node that was asked last. */
  answered(status: number): void
  /** Called once. `code`: why it failed; `cancelled` when the caller went away. */
  ended(end: { bytesIn: number; bytesOut: number; code: ErrorCode | null; cancelled: boolean }): void
}

/**
 * Owner of what was routed: the latest requests, live rates, and the counters behind `/metrics`. Paths, queries, headers
 * and bodies never come here.
 */
export interface RouteLog extends Startable {
  /** Announced at most once a second, and only while something moves. */
  readonly changed: Signal<void>
  open(request: ArrivedRequest): OpenRoute
  /** Newest first, running ones included. Throws `invalid_input` when `before` is no id of an entry. */
  list(query: RouteQuery): RouteView[]
  /** As of the last announcement. */
  rates(): RateView[]
  /** What was received and sent over the last quarter of an hour, as of the last second in which something moved. */
  traffic(): TrafficView
  /** As of the last announcement. */
  state(): RoutedView
  /** As of now; of a bounded number, whoever asks for whatever. */
  counters(): { counters: readonly RouteCounter[]; durations: readonly RouteDurations[] }
}
