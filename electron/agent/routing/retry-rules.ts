/** When another node may be asked with the same request. Pure. */
import type { IncomingHttpHeaders } from 'node:http'
import { type ErrorCode, errorTable } from '../../contract/error-codes.ts'
import { errorHeader, executedHeader } from '../support/failure-answer.ts'

/** RFC 9110, 9.2.2: repeating them has the effect of doing them once. */
const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'])

/** With this header a request says that its service recognises a repetition (draft-ietf-httpapi-idempotency-key-header). */
const idempotencyKey = 'idempotency-key'

export const isRepeatable = (method: string, headers: IncomingHttpHeaders): boolean =>
  idempotent.has(method) || headers[idempotencyKey] !== undefined

/** What an answer says of the node that gave it. */
export type Verdict =
  | 'good'
  /** An answer for the caller, but no good sign. */
  | 'bad'
  /** It could not serve: another may. `unseen` when it is sure that no program has worked on it. */
  | 'refused'
  | 'refused unseen'

/** Errors by which a node says that it cannot serve this now. Others (`loop`, `invalid_input` …) would be the same everywhere. */
const passedOver = new Set([
  ...['backend_failed', 'capability_off', 'not_found', 'not_granted', 'not_member', 'paused', 'busy', 'too_many', 'timeout', 'not_running'],
])

/** By which error a node refused; a plain 503 is `busy`. */
export function refusalCode(headers: IncomingHttpHeaders): ErrorCode {
  const code = headers[errorHeader]
  return typeof code === 'string' && Object.hasOwn(errorTable, code) ? (code as ErrorCode) : 'busy'
}

/** 503 says that the request was not worked on (RFC 9110, 15.6.4). Fast refusals must not look like good answers (429). */
export function verdictOn(status: number, headers: IncomingHttpHeaders): Verdict {
  if (status < 400) return 'good'
  const code = headers[errorHeader]
  if (typeof code === 'string' && passedOver.has(code)) {
    return headers[executedHeader] === 'no' || status === 503 ? 'refused unseen' : 'refused'
  }
  if (status === 503) return 'refused unseen'
  return status === 429 || status === 502 || status === 504 ? 'bad' : 'good'
}

interface Attempted {
  /** The other side may have seen something of it. */
  sent: boolean
  /** Doing it twice does no harm. */
  repeatable: boolean
  /** The next one would get the whole body. */
  replayable: boolean
}

export const mayAskAgain = ({ sent, repeatable, replayable }: Attempted): boolean => replayable && (!sent || repeatable)
