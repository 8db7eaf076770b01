import { FcnError, toFcnError } from '../errors.ts'
import type { Hop } from './hop.ts'

/** RFC 9110, 9.2.2: repeating them has the effect of doing them once. */
const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'])

export interface Attempt {
  method: string
  /** Whether a byte of the request's body is gone. */
  touched: boolean
}

/**
 * Whether the next node may be asked after `error`: nothing of the body is gone, and either the request never left or
 * doing it twice does no harm.
 */
export function mayTryNext(error: FcnError, { method, touched }: Attempt): boolean {
  if (touched) return false
  return idempotent.has(method) || neverSent(error)
}

/** Asks one hop after another. Throws the reason of the only hop, or `unreachable` with the reason of each; details say who was tried. */
export async function firstOf<T>(hops: readonly Hop[], ask: (hop: Hop) => Promise<T>, attempt: () => Attempt, signal: AbortSignal) {
  const tried: { id: string; name: string; code: string; message: string }[] = []
  for (const [index, hop] of hops.entries()) {
    try {
      return { hop, answer: await ask(hop) }
    } catch (thrown) {
      signal.throwIfAborted()
      const error = toFcnError(thrown)
      tried.push({ id: hop.node, name: hop.name, code: error.code, message: error.message })
      if (index + 1 < hops.length && mayTryNext(error, attempt())) continue
      throw honest(error, hop, tried)
    }
  }
  throw new FcnError('no_peer', 'No node can serve this request now.')
}

function honest(last: FcnError, { node, name }: Hop, tried: { id: string; name: string; code: string; message: string }[]): FcnError {
  const details = { ...last.details, peer: { id: node, name }, tried }
  if (tried.length === 1)
    return new FcnError(last.code, last.message, { ...(last.action === undefined ? {} : { action: last.action }), details, cause: last })
  return new FcnError('unreachable', `None of the ${tried.length} nodes that were asked could serve this request.`, {
    action: 'See the reason of each in “details.tried”.',
    details,
    cause: last,
  })
}

/** A transport that got through to no address lists them all; one whose connection broke after sending lists none. */
const neverSent = ({ code, details }: FcnError): boolean =>
  code === 'key_mismatch' || (code === 'unreachable' && Array.isArray(details?.['addresses'])) || details?.['sent'] === false
