/** How a capability of this computer stands, as its card says it. Pure. */
import type { ErrorCode } from '../../../electron/contract/error-codes.ts'
import type { CapabilityView } from '../../../electron/contract/snapshot.ts'
import type { PausedView } from '../../../electron/contract/sharing.ts'
import type { Mark } from '../../ui/state-mark.tsx'

export type CardState =
  | { kind: 'off' | 'starting' | 'stopping' | 'ready' }
  | { kind: 'used'; count: number }
  | ({ kind: 'paused' } & PausedView)
  | { kind: 'problem'; what: 'timeout' | 'bad_answer' | 'other' }

/**
 * `switching` is what a person has just chosen and the node has not yet answered to. A problem goes before a pause:
 * it needs somebody, a pause ends by itself.
 */
export function cardState(
  { enabled, state, problem, paused, usedBy }: Pick<CapabilityView, 'enabled' | 'state' | 'problem' | 'paused' | 'usedBy'>,
  switching: boolean | null = null,
): CardState {
  if (switching !== null && switching !== enabled) return { kind: switching ? 'starting' : 'stopping' }
  if (!enabled || state === 'off') return { kind: 'off' }
  if (problem !== null || state === 'problem') return { kind: 'problem', what: whatOf(problem?.code) }
  if (paused !== null) return { kind: 'paused', ...paused }
  if (state === 'starting') return { kind: state }
  return usedBy.length > 0 ? { kind: 'used', count: usedBy.length } : { kind: 'ready' }
}

/** What the last look found, as far as a word can tell it; the sentence stands beside it. */
const whatOf = (code: ErrorCode | undefined) => (code === 'timeout' || code === 'bad_answer' ? code : 'other')

export const markOf: Record<CardState['kind'], Mark> = {
  off: 'off',
  starting: 'checking',
  stopping: 'checking',
  ready: 'online',
  used: 'online',
  paused: 'paused',
  problem: 'problem',
}
