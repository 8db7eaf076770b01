import { FcnError } from '../errors.ts'
import type { LeftOut } from './candidates.ts'
import type { Target, Wanted } from './target.ts'

const reasons: Record<LeftOut['why'], string> = {
  offline: 'is offline',
  left: 'has left the mesh',
  removed: 'was removed from the mesh',
  not_offered: 'does not offer it',
  inactive: 'shares it, but it does not run there now',
  starting: 'has just switched it on and is still checking it',
  problem: 'has it switched on, but it does not work there now',
}

/** The error for a target that nobody can serve: which peer, why, and what to do. */
export function nobody({ peer, wanted }: Pick<Target, 'peer' | 'wanted'>, leftOut: readonly LeftOut[]): FcnError {
  const what = nameOf(wanted)
  const [only] = leftOut
  const details = { leftOut: leftOut.slice(0, 50).map((one) => ({ ...one })) }
  if (peer !== null && only !== undefined) {
    const options = { action: actionFor(only.why), details: { peer: { id: only.id, name: only.name }, why: only.why } }
    return new FcnError(codeFor(only.why), `“${only.name}” cannot serve ${what}: it ${reasons[only.why]}.`, options)
  }
  const near = leftOut.filter(({ why }) => why !== 'not_offered')
  const said = near
    .slice(0, 3)
    .map(({ name, why }) => `“${name}” ${reasons[why]}`)
    .join('; ')
  return new FcnError('no_peer', `No node can serve ${what} now${said === '' ? '' : `: ${said}`}.`, {
    action: near.length === 0 ? 'Share it on a node of the mesh first.' : 'Try again when one of these nodes is ready.',
    details,
  })
}

function codeFor(why: LeftOut['why']): 'unreachable' | 'not_found' | 'backend_failed' {
  switch (why) {
    case 'offline':
    case 'left':
    case 'removed':
      return 'unreachable'
    case 'not_offered':
      return 'not_found'
    case 'inactive':
    case 'starting':
    case 'problem':
      return 'backend_failed'
  }
}

function actionFor(why: LeftOut['why']): string {
  switch (why) {
    case 'offline':
      return 'Switch that computer on, or check its network.'
    case 'left':
    case 'removed':
      return 'Ask another peer.'
    case 'not_offered':
      return 'See “fcn peers” for what each peer shares.'
    case 'inactive':
    case 'problem':
      return 'Start the program behind it on that computer.'
    case 'starting':
      return 'Try again in a moment.'
  }
}

const nameOf = (wanted: Wanted): string =>
  wanted.kind === 'service' ? `the service “${wanted.service.slice(0, 64)}”` : `the capability “${wanted.capability}”`
