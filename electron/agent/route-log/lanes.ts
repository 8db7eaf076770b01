import type { RateView, RouteView } from '../../contract/routing.ts'
import type { RouteDirection } from '../route-log-components.ts'
import type { Counters, Series } from './counters.ts'

/** The window of the rates: so many slots of one second. */
export const windowSlots = 10
/** Lanes in use at once; requests beyond it are counted, but in no rate. */
const maxLanes = 1_000

type Someone = NonNullable<RouteView['from']>

/**
 * A way and a thing in use: between this node and one peer (null: none was asked), for one capability, one own service or
 * all other services. Requests count themselves in it, so its fields are plain and mutable.
 */
export interface Lane {
  readonly direction: RouteDirection
  readonly peer: Someone | null
  /** Name of the capability, or `services`. */
  readonly rate: string
  /** Id of the service of this node that it is for. */
  readonly service: string | null
  readonly series: Series
  underWay: number
  /** Since the last turn of the window. */
  requests: number
  bytes: number
  readonly requestSlots: number[]
  readonly byteSlots: number[]
}

export interface Lanes {
  lane(direction: RouteDirection, peer: Someone | null, kind: RouteView['kind'], what: string): Lane
  /** Moves the window on by whole seconds, at least one; lanes on which nothing moved in it and nothing is under way are gone. */
  turn(seconds: number): void
  /** Whether anything began or moved within the window. */
  moving(): boolean
  rates(): RateView[]
}

/** Lanes by peer and thing: two lookups with strings that are there already. */
type Tree = Map<string, Map<string, Lane>>

interface LanesComponents {
  counters: Counters
  /** Id of the service of this node that has this id or name. */
  ownService: (reference: string) => string | null
}

export function createLanes({ counters, ownService }: LanesComponents): Lanes {
  const tree = (): Record<RouteView['kind'], Tree> => ({ capability: new Map(), service: new Map() })
  const trees: Record<RouteDirection, Record<RouteView['kind'], Tree>> = { to: tree(), from: tree(), local: tree() }
  const all = new Set<Lane>()
  let slot = 0

  const make = (direction: RouteDirection, peer: Someone | null, kind: RouteView['kind'], thing: string): Lane => {
    const crowded = all.size >= maxLanes
    const what = `${kind}:${thing}`
    const empty = () => Array.from({ length: windowSlots }, () => 0)
    const lane = {
      ...{ direction, peer, rate: kind === 'capability' ? thing : 'services' },
      service: kind === 'service' && thing !== 'other' ? thing : null,
      series: counters.series(direction, what, peer?.id ?? ''),
      ...{ underWay: 0, requests: 0, bytes: 0, requestSlots: empty(), byteSlots: empty() },
    }
    if (crowded) return lane
    all.add(lane)
    const ofPeer = trees[direction][kind].get(peer?.id ?? '')
    if (ofPeer) ofPeer.set(thing, lane)
    else trees[direction][kind].set(peer?.id ?? '', new Map([[thing, lane]]))
    return lane
  }

  const drop = (lane: Lane) => {
    all.delete(lane)
    for (const byPeer of Object.values(trees[lane.direction])) {
      const ofPeer = byPeer.get(lane.peer?.id ?? '')
      for (const [thing, one] of ofPeer ?? []) if (one === lane) ofPeer?.delete(thing)
      if (ofPeer?.size === 0) byPeer.delete(lane.peer?.id ?? '')
    }
  }

  return {
    lane(direction, peer, kind, what) {
      // the names of other nodes' services are without number, and so is what programs type
      const thing = kind === 'capability' ? what : ((direction === 'to' ? null : ownService(what)) ?? 'other')
      return trees[direction][kind].get(peer === null ? '' : peer.id)?.get(thing) ?? make(direction, peer, kind, thing)
    },
    turn(seconds) {
      const steps = Math.min(windowSlots, Math.max(1, seconds))
      for (const lane of all) {
        for (let step = 1; step <= steps; step++) clear(lane, (slot + step) % windowSlots)
        lane.requestSlots[(slot + steps) % windowSlots] = lane.requests
        lane.byteSlots[(slot + steps) % windowSlots] = lane.bytes
        lane.requests = 0
        lane.bytes = 0
        if (lane.underWay === 0 && isStill(lane)) drop(lane)
      }
      slot = (slot + steps) % windowSlots
    },
    moving: () => [...all].some((lane) => !isStill(lane)),
    rates: () => ratesOf(all),
  }
}

function clear({ requestSlots, byteSlots }: Lane, slot: number): void {
  requestSlots[slot] = 0
  byteSlots[slot] = 0
}

const sum = (slots: readonly number[]) => slots.reduce((all, one) => all + one, 0)
const isStill = ({ requests, bytes, requestSlots, byteSlots }: Lane) => requests + bytes + sum(requestSlots) + sum(byteSlots) === 0

/** One rate per way: services together, whichever of them a lane is for. */
function ratesOf(lanes: Iterable<Lane>): RateView[] {
  const rates = new Map<string, RateView>()
  for (const { direction, peer, rate: what, underWay, requestSlots, byteSlots } of lanes) {
    if (direction === 'local' || peer === null) continue
    const id = `${direction} ${what} ${peer.id}`
    const so = rates.get(id) ?? {
      id,
      peer: { id: peer.id, name: peer.name },
      direction,
      what,
      underWay: 0,
      requestsPerSecond: 0,
      bytesPerSecond: 0,
    }
    so.underWay += underWay
    so.requestsPerSecond += sum(requestSlots) / windowSlots
    so.bytesPerSecond += sum(byteSlots) / windowSlots
    rates.set(id, so)
  }
  return [...rates.values()].map((rate) => ({
    ...rate,
    requestsPerSecond: Math.round(rate.requestsPerSecond * 10) / 10,
    // two digits are what people read; more would be news every second
    bytesPerSecond: Number(rate.bytesPerSecond.toPrecision(2)),
  }))
}
