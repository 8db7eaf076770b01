import type { ErrorCode } from '../../contract/error-codes.ts'
import type { NodeId } from '../components.ts'
import { FcnError } from '../errors.ts'

/** A node that was asked and could not serve. */
export interface Tried {
  id: NodeId
  name: string
  code: ErrorCode
  message: string
  error?: FcnError
}

/** The error when nobody who was asked could serve: the reason of the only one, else the reasons of all in details. */
export function nobodyServed(tried: readonly Tried[]): FcnError {
  const last = tried.at(-1)
  if (last === undefined) return new FcnError('no_peer', 'No node can serve this request now.')
  const details = {
    ...last.error?.details,
    peer: { id: last.id, name: last.name },
    tried: tried.map(({ id, name, code, message }) => ({ id, name, code, message })),
  }
  if (tried.length > 1) {
    return new FcnError('unreachable', `None of the ${tried.length} nodes that were asked could serve this request.`, {
      action: 'See the reason of each in “details.tried”.',
      details,
      cause: last.error,
    })
  }
  const { action } = last.error ?? {}
  return new FcnError(last.code, last.message, { ...(action !== undefined && { action }), details, cause: last.error })
}
