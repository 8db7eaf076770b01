import type { Transport } from '../components.ts'
import type { Candidate } from './candidates.ts'
import type { Hop } from './hop.ts'
import { doorOf } from '../support/authority.ts'
import { peerPath } from './target.ts'

/** The way to a peer that serves the thing. */
export type PeerHops = (candidate: Candidate, rest: string) => Hop

export function createPeerHops({ transport }: { transport: Pick<Transport, 'dispatch' | 'upgrade' | 'path'> }): PeerHops {
  return ({ nodeId, name, meshId, wanted }, rest) => {
    const path = peerPath(meshId ?? '', wanted, rest)
    return {
      node: nodeId,
      name,
      get path() {
        return transport.path(nodeId)?.hub === undefined ? 'direct' : 'relayed'
      },
      get door() {
        const way = transport.path(nodeId)
        return way === null || way.hub !== undefined ? null : doorOf(new URL(way.url))
      },
      dispatch: (message, handler) => transport.dispatch(nodeId, { ...message, path }, handler),
      upgrade: (message) => transport.upgrade(nodeId, { ...message, path }),
    }
  }
}
