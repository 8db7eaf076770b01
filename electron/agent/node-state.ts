import type { HealthWarning, NodeState, PeerView } from '../contract/snapshot.ts'

interface NodeStateFacts {
  running: boolean
  requests: number
  health: readonly Pick<HealthWarning, 'severity'>[]
  /** A person has paused sharing. */
  paused: boolean
  peers: readonly Pick<PeerView, 'state'>[]
}

/**
 * The one state that tray, header and CLI show. What needs the user comes first, since it is lost otherwise while the pause
 * stands beside it in words; then the pause, which says more than whether anybody is there. A node that a condition pauses
 * is not paused: that is a matter of its capability. `error` has no case here: such a node does not run.
 */
export function nodeState({ running, requests, health, paused, peers }: NodeStateFacts): NodeState {
  if (!running) return 'starting'
  if (requests > 0 || health.some((warning) => warning.severity !== 'info')) return 'attention'
  if (paused) return 'paused'
  return peers.some((peer) => peer.state === 'online') ? 'online' : 'alone'
}
