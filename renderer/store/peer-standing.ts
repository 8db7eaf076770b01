import type { PeerView } from '../../electron/contract/snapshot.ts'

/** The five ways a peer can stand, plus legacy ones that answer. Used for marks, filters and words alike. */
export type PeerStanding = 'online' | 'checking' | 'offline' | 'left' | 'removed' | 'legacy' | 'problem'

/**
 * How a peer stands. A legacy peer that answers is `legacy`; a peer with a reason why it cannot be reached other than
 * plain silence is `problem`, because a person may do something about it.
 */
export function standingOf({ kind, state, problem, removed }: Pick<PeerView, 'kind' | 'state' | 'problem' | 'removed'>): PeerStanding {
  if (removed !== null) return 'removed'
  if (state === 'suspect') return 'checking'
  if (state === 'offline' && problem !== null && !silence.has(problem.code)) return 'problem'
  if (state === 'online' && kind === 'legacy') return 'legacy'
  return state
}

const silence = new Set<string>(['timeout', 'unreachable'])
