import type { ErrorCode } from '../../contract/error-codes.ts'
import type { RouteView } from '../../contract/routing.ts'
import type { ArrivedRequest, OpenRoute } from '../components.ts'
import { observe } from './counters.ts'
import type { Lane } from './lanes.ts'

type Asked = Parameters<OpenRoute['sentTo']>[0]
type Traffic = Parameters<OpenRoute['carriedBy']>[0]
type End = Parameters<OpenRoute['ended']>[0]

/** What a request needs of its log. */
export interface Ledger {
  /** ms; only differences mean something. */
  monotonic(): number
  /** The lane of a request: to the peer that was asked, from the one that asks, or inside this machine. */
  laneOf(arrived: ArrivedRequest, asked: Asked | null): Lane
  /** Something about it is new. */
  moved(request: RoutedRequest): void
  /** So many more bytes of its body and of the answer’s have passed, on this lane. */
  carried(lane: Lane, mesh: ArrivedRequest['mesh'], bytesIn: number, bytesOut: number): void
}

/** Longest name of a thing that is kept; what programs type may be as long as an address. */
const longestName = 64

/**
 * One request, as the log holds it. A class, because there is one for each request and its methods must not be made anew
 * for each: one object is all that a request costs.
 */
export class RoutedRequest implements OpenRoute {
  readonly seq: number
  readonly at: number
  readonly arrived: ArrivedRequest
  readonly #ledger: Ledger
  readonly #started: number
  #lane: Lane | null = null
  #asked: Asked | null = null
  #asks = 0
  #traffic: Traffic | null = null
  #status: number | null = null
  #bytesIn = 0
  #bytesOut = 0
  #duration: number | null = null
  #result: RouteView['result'] = 'running'
  #code: ErrorCode | null = null

  constructor(ledger: Ledger, seq: number, at: number, arrived: ArrivedRequest) {
    this.#ledger = ledger
    this.seq = seq
    this.at = at
    this.arrived = arrived
    this.#started = ledger.monotonic()
    if (arrived.from !== null) this.#enter(ledger.laneOf(arrived, null))
  }

  get result(): RouteView['result'] {
    return this.#result
  }

  sentTo(node: Asked): void {
    if (this.#result !== 'running') return
    this.#asked = node
    this.#status = null
    this.#asks += 1
    if (this.arrived.from === null) this.#enter(this.#ledger.laneOf(this.arrived, node))
    if (this.#asks > 1 && this.#lane) this.#lane.series.retries += 1
    this.#ledger.moved(this)
  }

  carriedBy(traffic: Traffic): void {
    if (this.#result === 'running') this.#traffic = traffic
  }

  answered(status: number): void {
    if (this.#result !== 'running') return
    this.#status = status
    this.#ledger.moved(this)
  }

  ended({ bytesIn, bytesOut, code, cancelled }: End): void {
    if (this.#result !== 'running') return
    const lane = this.#lane ?? this.#enter(this.#ledger.laneOf(this.arrived, null))
    const took = this.#ledger.monotonic() - this.#started
    this.#count(lane, bytesIn, bytesOut)
    this.#traffic = null // what it carries is not kept for as long as the entry is
    this.#duration = took
    this.#code = code
    const result = cancelled ? 'cancelled' : code === null ? 'ok' : 'failed'
    this.#result = result
    lane.underWay -= 1
    lane.series.underWay -= 1
    lane.series.ended[result] += 1
    observe(lane.series.durations, took / 1_000)
    this.#ledger.moved(this)
  }

  /** Counts what has passed until now, when the carrier tells; whether it is more than before. */
  sample(): boolean {
    const traffic = this.#traffic
    return traffic !== null && this.#lane !== null && this.#count(this.#lane, traffic.bytesIn, traffic.bytesOut)
  }

  view(id: string): RouteView {
    const { requestId, from, kind, what, mesh, method } = this.arrived
    const asked = this.#asked
    const node = asked === null ? null : { id: asked.id, name: asked.name }
    return {
      ...{ id, requestId, at: this.at, from: from === null ? null : { id: from.id, name: from.name }, kind },
      ...{
        what: (this.#lane?.service ?? what).slice(0, longestName),
        mesh,
        method,
        sentTo: node,
        ranOn: this.#status === null ? null : node,
      },
      ...{ path: asked?.path ?? null, retries: Math.max(0, this.#asks - 1), status: this.#status },
      ...{ bytesIn: this.#bytesIn, bytesOut: this.#bytesOut, duration: this.#duration, result: this.#result, code: this.#code },
    }
  }

  /** From now on it counts there: a request that is passed on to the next node leaves the way to the last one. */
  #enter(lane: Lane): Lane {
    const last = this.#lane
    if (last === lane) return lane
    if (last !== null) {
      last.underWay -= 1
      last.series.underWay -= 1
    }
    this.#lane = lane
    lane.underWay += 1
    lane.requests += 1
    lane.series.underWay += 1
    return lane
  }

  #count(lane: Lane, bytesIn: number, bytesOut: number): boolean {
    const more = bytesIn - this.#bytesIn + (bytesOut - this.#bytesOut)
    if (more === 0) return false
    lane.bytes += more
    this.#ledger.carried(lane, this.arrived.mesh, bytesIn - this.#bytesIn, bytesOut - this.#bytesOut)
    lane.series.bytesIn += bytesIn - this.#bytesIn
    lane.series.bytesOut += bytesOut - this.#bytesOut
    this.#bytesIn = bytesIn
    this.#bytesOut = bytesOut
    return true
  }
}
