/**
 * What an answer looks like to a caller that speaks a dialect of its own. Without a form answers pass as they are, a failure
 * is a Failure in JSON, and one in the middle of an answer cuts the connection.
 */
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { FcnError } from '../errors.ts'
import type { FailedRequest } from '../support/failure-answer.ts'

export interface AnswerForm {
  /** Sends the failure as a whole answer; nothing was sent before. */
  refuse(response: ServerResponse, error: FcnError, failed: FailedRequest): void
  /** An answer begins: what it goes through on its way to the caller; null: nothing, and a failure cuts it off. */
  begin(status: number, headers: IncomingHttpHeaders): AnswerStream | null
}

/** A stream of whole events or lines, so that a failure can be told behind the last one. */
export interface AnswerStream {
  /** What may go out now. */
  push(chunk: Buffer): Buffer
  /** The rest. */
  end(): Buffer
  /** The last word to the caller, in place of the rest. */
  fail(error: FcnError): Buffer
}
