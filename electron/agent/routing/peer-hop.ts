import type { Transport } from '../components.ts'
import type { Candidate } from './candidates.ts'
import type { Hop } from './hop.ts'
import { peerPath } from './target.ts'

/** The way to a peer that serves the thing. */
export type PeerHops = (candidate: Candidate, rest: string) => Hop

export function createPeerHops({ transport }: { transport: Pick<Transport, 'dispatch' | 'upgrade'> }): PeerHops {
  return ({ nodeId, name, meshId, wanted }, rest) => {
    const path = peerPath(meshId ?? '', wanted, rest)
    return {
      node: nodeId,
      name,
      path: 'direct',
      dispatch: (message, handler) => transport.dispatch(nodeId, { ...message, path }, handler),
      upgrade: (message) => transport.upgrade(nodeId, { ...message, path }),
    }
  }
}
