import type { AnswerForm } from '../answer-form.ts'
import type { DialectName, WorkOperation } from '../../dialects/dialect.ts'
import { failureAnswer, failureEvent } from '../../dialects/failure.ts'
import { createWholeEvents, kindOf } from '../whole-events.ts'

/** How failures are told to a program that speaks this dialect: before the head of an answer, and inside a stream of this operation. */
export function createDialectForm(dialect: DialectName, operation: WorkOperation | null): AnswerForm {
  return {
    refuse(response, error, failed) {
      if (response.headersSent || response.destroyed) {
        response.destroy()
        return
      }
      const { status, headers, body } = failureAnswer(dialect, error, failed)
      response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body)
    },
    begin(status, { 'content-type': contentType, 'content-length': length }) {
      const kind = kindOf(contentType)
      if (operation === null || kind === null || status >= 400 || length !== undefined) return null
      return createWholeEvents(kind, (error) => failureEvent(operation, error))
    },
  }
}
