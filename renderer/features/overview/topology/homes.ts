/** Beside whom each peer is drawn: beside this node, or beside the hub that it is reached through. Pure. */
import type { AddressView, PeerView } from '../../../../electron/contract/snapshot.ts'

/** In place of a hub's id: beside this node. */
export const here = 'here'

export interface Home {
  /** `here`, or the id of a hub. */
  at: string
  /** False for a guess, because it was never reached. */
  isSure: boolean
}

type Reached = Pick<PeerView, 'path' | 'addresses'>

/** By the way to it now; without one by the way that worked last, so that a peer that goes off stays where it is. */
export function homeOf({ path, addresses }: Reached, self: string): Home {
  if (path !== null) return { at: path.kind === 'relayed' && path.hub.id !== self ? path.hub.id : here, isSure: true }
  const last = addresses.filter(({ lastOk }) => lastOk !== null).toSorted((a, b) => (b.lastOk ?? 0) - (a.lastOk ?? 0))[0]
  return last === undefined ? { at: here, isSure: false } : { at: hubIn(last, self) ?? here, isSure: true }
}

const scheme = 'relay://'

function hubIn({ url }: AddressView, self: string): string | null {
  const hub = url.startsWith(scheme) ? url.slice(scheme.length) : self
  return hub === self ? null : hub
}

export type Homes = ReadonlyMap<string, Home>

/**
 * Who was drawn keeps order and home while the drawing is looked at, so that nothing jumps when a way becomes another;
 * who is new comes last. A home is another one only when it had been a guess, or its hub (not in `hubs`) is gone.
 */
export function keepHomes(before: Homes, wanted: Homes, hubs: ReadonlySet<string>): Homes {
  const kept = [...before].flatMap(([id, home]) => {
    const now = wanted.get(id)
    if (now === undefined) return []
    return [[id, home.isSure && (home.at === here || hubs.has(home.at)) ? home : now] as const]
  })
  return new Map([...kept, ...[...wanted].filter(([id]) => !before.has(id))])
}

export const sameHomes = (a: Homes, b: Homes): boolean => {
  const [left, right] = [[...a], [...b]]
  return (
    left.length === right.length &&
    left.every(([id, { at, isSure }], i) => {
      const [otherId, other] = right[i] ?? []
      return id === otherId && at === other?.at && isSure === other.isSure
    })
  )
}

/** A node in the middle, and those around it. */
export interface Group {
  /** `here`: this node. */
  centre: string
  members: string[]
}

/** Hubs that have a place of their own; further ones stand among the others. */
const mostHubs = 4

/** This node's group first, then one for each hub, those with most peers behind them chosen, in the order of their ids. */
export function groupsOf(homes: Homes, hubs: ReadonlySet<string>): Group[] {
  const behind = Map.groupBy(
    [...homes].filter(([id]) => !hubs.has(id)),
    ([, { at }]) => at,
  )
  const count = (hub: string) => behind.get(hub)?.length ?? 0
  const own = [...hubs]
    .toSorted((a, b) => count(b) - count(a) || (a < b ? -1 : 1))
    .slice(0, mostHubs)
    .toSorted()
  const placed = new Set(own)
  const groupAt = (id: string, { at }: Home) => (placed.has(at) && !hubs.has(id) ? at : here)
  const members = Map.groupBy(
    [...homes].filter(([id]) => !placed.has(id)),
    ([id, home]) => groupAt(id, home),
  )
  return [here, ...own].map((centre) => ({ centre, members: (members.get(centre) ?? []).map(([id]) => id) }))
}
