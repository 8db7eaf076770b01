import { useState } from 'react'
import type { PeerView } from '../../../../electron/contract/snapshot.ts'
import { homeOf, type Homes, keepHomes, sameHomes } from './homes.ts'

/** Order and homes of the peers, kept while the drawing is shown. */
export function useHomes(peers: readonly PeerView[], hubs: ReadonlySet<string>, self: string): Homes {
  const [kept, setKept] = useState<Homes>(new Map())
  const next = keepHomes(kept, new Map(peers.map((peer) => [peer.id, homeOf(peer, self)])), hubs)
  const isSame = sameHomes(kept, next)
  // Derived state: React renders again at once, before anything is painted.
  if (!isSame) setKept(next)
  return isSame ? kept : next
}
