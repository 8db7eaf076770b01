import type { NodeId, PeerResponse, Transport } from '../components.ts'
import type { Load } from './balancer.ts'
import type { Candidate } from './candidates.ts'
import type { Hop } from './hop.ts'
import { peerPath } from './target.ts'

/** The way to peers, with a count of what is under way to each. */
export interface PeerHops {
  hop(candidate: Candidate, rest: string): Hop
  load(node: NodeId): Load
}

export function createPeerHops({ transport }: { transport: Pick<Transport, 'request' | 'upgrade' | 'path'> }): PeerHops {
  const outstanding = new Map<NodeId, number>()
  const change = (node: NodeId, by: 1 | -1) => {
    const count = (outstanding.get(node) ?? 0) + by
    if (count === 0) outstanding.delete(node)
    else outstanding.set(node, count)
  }

  /** Counts until the answer has ended, since that is how long the peer works. */
  const counted = async (node: NodeId, ask: () => Promise<PeerResponse>): Promise<PeerResponse> => {
    change(node, 1)
    try {
      const answer = await ask()
      answer.body.once('close', () => change(node, -1))
      return answer
    } catch (error) {
      change(node, -1)
      throw error
    }
  }

  return {
    hop({ nodeId, name, meshId, wanted }, rest) {
      const path = peerPath(meshId ?? '', wanted, rest)
      return {
        node: nodeId,
        name,
        path: 'direct',
        request: (message) => counted(nodeId, () => transport.request(nodeId, { ...message, path })),
        upgrade: (message) => transport.upgrade(nodeId, { ...message, path }),
      }
    },
    load: (node) => ({ outstanding: outstanding.get(node) ?? 0, latencyMs: transport.path(node)?.latencyMs ?? null }),
  }
}
