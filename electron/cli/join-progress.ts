import { FcnError } from '../agent/errors.ts'
import type { JoinView } from '../contract/snapshot.ts'
import type { Session } from './session.ts'

/** Pause between two looks at a join, ms; the node is on this machine and answers at once. */
const pollEvery = 300

interface FollowOptions {
  /** Goes on while this holds. */
  during(join: JoinView): boolean
  /** Longest wait, ms. */
  limit: number
  signal?: AbortSignal
  /** Called with the join each time it has another state. */
  onState?(join: JoinView): void
}

/** The join as it stands when `during` no longer holds, the limit has passed or the signal is aborted. */
export async function follow(
  { client, now, pause }: Session,
  started: JoinView,
  { during, limit, signal, onState }: FollowOptions,
): Promise<JoinView> {
  const until = now() + limit
  const mayWait = () => now() < until && signal?.aborted !== true
  let join = started
  let said: JoinView['state'] | null = null
  while (during(join) && mayWait()) {
    if (join.state !== said) onState?.(join)
    said = join.state
    await pause(pollEvery)
    const next = (await client.call('join.list', {})).find(({ id }) => id === join.id)
    if (!next) throw new FcnError('not_found', 'The join was withdrawn.')
    join = next
  }
  return join
}

export const isUndecided = ({ state }: JoinView): boolean => state === 'connecting' || state === 'waiting' || state === 'confirming'

/** A code is shown and nobody has said yet whether the other side shows the same. */
export const needsConfirming = (join: JoinView): join is JoinView & { code: string } =>
  isUndecided(join) && join.code !== null && !join.confirmed

/** The other side, by the best name there is. */
export const approverOf = ({ approver, url }: JoinView): string => approver?.name ?? url

/** The join, or what it came to as an error. */
export function notFailed(join: JoinView): JoinView {
  const { state, problem } = join
  if (state !== 'rejected' && state !== 'expired' && state !== 'failed') return join
  if (problem) throw FcnError.from({ ...problem, details: problem.details ?? {} })
  throw new FcnError(state === 'failed' ? 'unreachable' : state, joinText(join))
}

export function joinText(join: JoinView): string {
  const { state, mesh, url, problem, confirmed } = join
  const approver = approverOf(join)
  switch (state) {
    case 'connecting':
      return `Not reached yet: ${url}. ${problem ? `${problem.message} ` : ''}The node keeps trying.`
    case 'waiting':
      return `Waiting for approval on ${approver}.`
    case 'confirming':
      return confirmed
        ? `Approved by ${approver}; entering the mesh.`
        : `Approved by ${approver}; waiting for your word that the codes match.`
    case 'joined':
      return `Joined ${mesh?.name ?? approver}.`
    case 'rejected':
      return `${approver} has declined the request.`
    case 'expired':
      return `The request at ${approver} ran out before anybody decided.`
    case 'failed':
      return `Joining at ${url} has failed.`
    default:
      return state satisfies never
  }
}
