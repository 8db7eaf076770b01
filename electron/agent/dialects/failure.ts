import type { FcnError } from '../errors.ts'
import { type FailedRequest, failureHeaders } from '../support/failure-answer.ts'
import { anthropicError, anthropicStatus } from './anthropic/error-body.ts'
import type { DialectName, WholeAnswer, WorkOperation } from './dialect.ts'
import { errorSentence } from './error-sentence.ts'
import { errorBody, responsesError } from './openai/error-body.ts'
import { jsonLine, serverEvent } from './stream/frames.ts'

/** An error before the head of an answer, in the words of the program’s dialect, with the headers by which nodes know it. */
export function failureAnswer(dialect: DialectName, error: FcnError, failed: FailedRequest): WholeAnswer {
  const { requestId } = failed
  const headers = failureHeaders(error, failed)
  switch (dialect) {
    case 'openai':
      return { status: error.status, headers, body: JSON.stringify({ error: errorBody(error) }) }
    case 'ollama':
      return { status: error.status, headers, body: JSON.stringify({ error: errorSentence(error) }) }
    case 'anthropic': {
      const named = requestId === null ? headers : { ...headers, 'request-id': requestId }
      return { status: anthropicStatus(error), headers: named, body: JSON.stringify(anthropicError(error, requestId)) }
    }
  }
}

/** An error in the middle of a streamed answer; the last that the program gets of it. */
export function failureEvent(operation: WorkOperation, error: FcnError): string {
  switch (operation) {
    case 'openai.chat':
    case 'openai.completion':
    case 'openai.embed':
      return serverEvent({ error: errorBody(error) })
    case 'openai.responses':
      return serverEvent({ type: 'error', sequence_number: 0, ...responsesError(error) }, 'error') // how many came before is not known
    case 'ollama.chat':
    case 'ollama.generate':
    case 'ollama.embed':
    case 'ollama.embeddings':
      return jsonLine({ error: errorSentence(error) })
    case 'anthropic.messages':
    case 'anthropic.count':
      return serverEvent(anthropicError(error, null), 'error')
  }
}
