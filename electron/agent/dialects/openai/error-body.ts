import type { FcnError } from '../../errors.ts'
import { errorSentence } from '../error-sentence.ts'

/** An error in OpenAI’s words. */
export interface OpenAiError {
  message: string
  type: string
  param: string | null
  code: string
}

/** Codes on which programs look; all others are ours. */
const codes = new Map<string, string>([
  ['unauthorized', 'invalid_api_key'],
  ['too_many', 'rate_limit_exceeded'],
])

export function errorBody(error: FcnError): OpenAiError {
  const isModel = error.details?.['model'] !== undefined && error.code === 'not_found'
  return {
    message: errorSentence(error),
    type: typeOf(error.status),
    param: isModel ? 'model' : null,
    code: isModel ? 'model_not_found' : (codes.get(error.code) ?? error.code),
  }
}

/** An error among the events of a `response`: as it is documented, and, in `error`, as OpenAI sends it. Programs read one or the other. */
export function responsesError(error: FcnError): object {
  const body = errorBody(error)
  return { code: body.code, message: body.message, param: body.param, error: body }
}

function typeOf(status: number): string {
  if (status >= 500) return 'server_error'
  return status === 429 ? 'rate_limit_error' : 'invalid_request_error'
}
