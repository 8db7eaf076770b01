import type { ErrorCode } from '../../contract/error-codes.ts'
import type { WhyNot } from '../../contract/routing.ts'
import { FcnError } from '../errors.ts'
import type { LeftOut } from './candidates.ts'
import type { Target, Wanted } from './target.ts'

/** Each reason as the end of a sentence that begins with the peer's name, the error when it is the only one, and the way out. */
export const reasons: Record<WhyNot, { said: string; code: ErrorCode; action: string }> = {
  offline: { said: 'is offline', code: 'unreachable', action: 'Switch that computer on, or check its network.' },
  left: { said: 'has left the mesh', code: 'unreachable', action: 'Ask another peer.' },
  removed: { said: 'was removed from the mesh', code: 'unreachable', action: 'Ask another peer.' },
  not_offered: { said: 'does not offer it', code: 'not_found', action: 'See “fcn peers” for what each peer shares.' },
  inactive: {
    said: 'shares it, but it does not run there now',
    code: 'backend_failed',
    action: 'Start the program behind it on that computer.',
  },
  starting: { said: 'is still checking it', code: 'backend_failed', action: 'Try again in a moment.' },
  problem: {
    said: 'has it switched on, but it does not work there now',
    code: 'backend_failed',
    action: 'Start the program behind it on that computer.',
  },
  no_grant: {
    said: 'does not let this computer use it',
    code: 'not_granted',
    action: 'Ask the person who runs that computer to allow it.',
  },
  paused: { said: 'has paused sharing it', code: 'paused', action: 'Ask another peer, or try again later.' },
  failing: { said: 'failed again and again just now', code: 'backend_failed', action: 'Try again in a moment.' },
  relayed: {
    said: 'is reached only through a relay, which the policy rules out',
    code: 'no_peer',
    action: 'Change the policy, or let the two computers reach each other directly.',
  },
  metered: {
    said: 'is reached over a connection that is paid by volume, which the policy spares',
    code: 'no_peer',
    action: 'Change the policy, or use another connection.',
  },
  too_far: { said: 'is farther away than the policy allows', code: 'no_peer', action: 'Change the policy, or ask another peer.' },
}

/** The error for a target that nobody can serve: which peer, why, and what to do. */
export function nobody({ peer, wanted }: Pick<Target, 'peer' | 'wanted'>, leftOut: readonly LeftOut[]): FcnError {
  const what = nameOf(wanted)
  const [only] = leftOut
  if (peer !== null && only !== undefined) {
    const { said, code, action } = reasons[only.why]
    const details = { peer: { id: only.id, name: only.name }, why: only.why }
    return new FcnError(code, `“${only.name}” cannot serve ${what}: it ${said}.`, { action, details })
  }
  const near = leftOut.filter(({ why }) => why !== 'not_offered')
  const said = near.slice(0, 3).map(({ name, why }) => `“${name}” ${reasons[why].said}`)
  const { code, action } = outlook(near)
  return new FcnError(code, `No node can serve ${what} now${said.length === 0 ? '' : `: ${said.join('; ')}`}.`, {
    action,
    details: { leftOut: leftOut.slice(0, 50).map((one) => ({ ...one })) },
  })
}

/** What those that offer it leave to hope for: waiting does not help where a person has to allow it. */
function outlook(near: readonly LeftOut[]): { code: ErrorCode; action: string } {
  if (near.length === 0) return { code: 'no_peer', action: 'Share it on a node of the mesh first.' }
  if (near.every(({ why }) => why === 'no_grant')) return reasons.no_grant
  if (near.every(({ why }) => why === 'paused')) return reasons.paused
  return { code: 'no_peer', action: 'Try again when one of these nodes is ready.' }
}

const nameOf = (wanted: Wanted): string =>
  wanted.kind === 'service' ? `the service “${wanted.service.slice(0, 64)}”` : `the capability “${wanted.capability}”`
