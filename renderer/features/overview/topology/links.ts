/** The ways that are drawn: this node's own, and those of hubs to the peers behind them. Pure. */
import type { PeerView } from '../../../../electron/contract/snapshot.ts'
import { type PeerStanding, standingOf } from '../../../store/peer-standing.ts'
import { here, type Homes } from './homes.ts'

/** How a way is drawn. `none`: nothing answers there. */
export type Way = 'direct' | 'relayed' | 'checking' | 'legacy' | 'none'

export interface Link {
  /** `here`, or the hub that passes it on. */
  from: string
  /** The peer. */
  to: string
  way: Way
  latencyMs: number | null
}

/** One way to each peer. It goes through the hub where that is drawn; otherwise its look alone says that it is relayed. */
export function linksOf(peers: readonly PeerView[], homes: Homes, hubs: ReadonlySet<string>, self: string): Link[] {
  const drawn = (hub: string | undefined, to: string) => (hub !== undefined && hub !== self && hub !== to && hubs.has(hub) ? hub : here)
  return peers.map((peer) => {
    const { id, path } = peer
    const way = wayOf(peer)
    if (path === null) return { from: drawn(homes.get(id)?.at, id), to: id, way, latencyMs: null }
    return { from: path.kind === 'relayed' ? drawn(path.hub.id, id) : here, to: id, way, latencyMs: path.latencyMs }
  })
}

const ways: Record<PeerStanding, Way> = {
  online: 'direct',
  checking: 'checking',
  legacy: 'legacy',
  offline: 'none',
  problem: 'none',
  left: 'none',
  removed: 'none',
}

function wayOf(peer: PeerView): Way {
  const way = ways[standingOf(peer)]
  return way === 'direct' && peer.path?.kind === 'relayed' ? 'relayed' : way
}

/** The links that lead to a peer, the last one to itself: through a hub there are two. */
export function routeTo(links: readonly Link[], id: string): Link[] {
  const last = links.find(({ to }) => to === id)
  if (last === undefined) return []
  const first = last.from === here ? undefined : links.find(({ to }) => to === last.from)
  return first === undefined ? [last] : [first, last]
}
