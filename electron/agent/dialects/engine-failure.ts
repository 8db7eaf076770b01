import { z } from 'zod'
import type { ErrorCode } from '../../contract/error-codes.ts'
import { FcnError } from '../errors.ts'
import { parseJson } from '../support/json.ts'
import { longestReason } from './limits.ts'

/** The forms in which engines say what went wrong. */
const told = z.union([
  z.object({ error: z.string() }).transform(({ error }) => error),
  z.object({ error: z.object({ message: z.string() }) }).transform(({ error }) => error.message),
  z.object({ message: z.string() }).transform(({ message }) => message),
  z.object({ detail: z.string() }).transform(({ detail }) => detail),
])

/** How engines say that a model does not fit. */
const noMemory =
  /out of memory|requires more (?:system )?memory|not enough memory|insufficient memory|failed to allocate|cudaMalloc failed/iu

/**
 * An engine’s refusal or failure as an error of this node. `status` is null in the middle of a stream. `details` has the
 * engine’s `status`, and `reason: no_memory` when the model does not fit there, for whoever chooses where to ask next.
 */
export function readEngineError(status: number | null, body: unknown): FcnError {
  const reason = reasonIn(typeof body === 'string' ? (parseJson(body) ?? body) : body)
  const isMemory = noMemory.test(reason)
  const code = status === null || isMemory ? 'backend_failed' : codeOf(status)
  const why = reason === '' ? '' : `: ${reason}`
  const ending = /[.!?…]$/u.test(why) ? '' : '.'
  return new FcnError(code, `${titleOf(code, status)}${why}${ending}`, {
    details: { ...(status !== null && { engineStatus: status }), ...(isMemory && { reason: 'no_memory' }) },
  })
}

/** One line of plain text. Pages of HTML, which something between sends, say nothing. */
function reasonIn(body: unknown): string {
  const known = told.safeParse(body).data ?? (typeof body === 'string' && !body.trimStart().startsWith('<') ? body : '')
  const line = known.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim()
  return line.length > longestReason ? `${line.slice(0, longestReason)}…` : line
}

function codeOf(status: number): ErrorCode {
  switch (status) {
    case 401:
    case 403:
      return 'backend_failed' // between this node and its engine, and none of the program’s doing
    case 404:
      return 'not_found'
    case 408:
      return 'timeout'
    case 413:
      return 'too_large'
    case 429:
      return 'too_many'
    case 503:
    case 529:
      return 'busy'
    default:
      return status >= 500 ? 'backend_failed' : 'invalid_input'
  }
}

function titleOf(code: ErrorCode, status: number | null): string {
  if (status === 401 || status === 403) return 'The engine wants another key than this node has'
  switch (code) {
    case 'invalid_input':
    case 'too_large':
      return 'The engine refuses the request'
    case 'not_found':
      return 'The engine does not have what was asked for'
    case 'too_many':
    case 'busy':
      return 'The engine is busy'
    default:
      return 'The engine failed'
  }
}
