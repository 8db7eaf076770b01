import type { HealthWarning, NodeState, PeerView } from '../contract/snapshot.ts'

interface NodeStateFacts {
  running: boolean
  requests: number
  health: readonly Pick<HealthWarning, 'severity'>[]
  peers: readonly Pick<PeerView, 'state'>[]
}

/** The one state that tray, header and CLI show. What needs the user comes first, then whether anybody is there. */
export function nodeState({ running, requests, health, peers }: NodeStateFacts): NodeState {
  if (!running) return 'starting'
  if (requests > 0 || health.some((warning) => warning.severity !== 'info')) return 'attention'
  return peers.some((peer) => peer.state === 'online') ? 'online' : 'alone'
}
