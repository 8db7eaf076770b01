import type { FcnError } from '../../errors.ts'
import { errorSentence } from '../error-sentence.ts'

/** Anthropic’s own status for “overloaded”; HTTP has no word for it. */
const overloaded = 529

export const anthropicStatus = ({ code, status }: FcnError): number => (code === 'busy' ? overloaded : status)

/** An error in Anthropic’s words. */
export function anthropicError(error: FcnError, requestId: string | null): unknown {
  return {
    type: 'error',
    error: { type: typeOf(anthropicStatus(error)), message: errorSentence(error) },
    ...(requestId !== null && { request_id: requestId }),
  }
}

function typeOf(status: number): string {
  switch (status) {
    case 401:
      return 'authentication_error'
    case 403:
      return 'permission_error'
    case 404:
      return 'not_found_error'
    case 413:
      return 'request_too_large'
    case 429:
      return 'rate_limit_error'
    case 504:
      return 'timeout_error'
    case overloaded:
      return 'overloaded_error'
    default:
      return status >= 500 ? 'api_error' : 'invalid_request_error'
  }
}
