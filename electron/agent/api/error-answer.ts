import { ZodError } from 'zod'
import type { ErrorCode } from '../../contract/error-codes.ts'
import { FcnError, toFcnError } from '../errors.ts'
import { issueText } from '../support/issue-text.ts'

/**
 * Anything thrown while a request is answered, as an error of the one table. What the web framework itself refuses
 * (malformed JSON, bodies too large, `__proto__` keys) gets our code and a sentence; what nobody foresaw is `internal`.
 */
export function answerableError(thrown: unknown): FcnError {
  if (thrown instanceof FcnError) return thrown
  if (thrown instanceof ZodError) return inputError(thrown)
  const { statusCode, code } = (thrown ?? {}) as { statusCode?: unknown; code?: unknown }
  const known = frameworkErrors.get(code)
  if (known !== undefined) return new FcnError(known[0], known[1], { cause: thrown })
  if (thrown instanceof SyntaxError && statusCode === 400) {
    return new FcnError('invalid_input', 'The body is not JSON that can be accepted here.', { cause: thrown })
  }
  if (statusCode === 503) return new FcnError('busy', 'This node is stopping.', { cause: thrown })
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return new FcnError('invalid_input', 'The request is not valid.', { cause: thrown })
  }
  return toFcnError(thrown)
}

/** The first few things wrong with an input, as one sentence. */
export function inputError(error: ZodError): FcnError {
  return new FcnError('invalid_input', `The input is not valid: ${issueText(error)}.`, { cause: error })
}

const frameworkErrors = new Map<unknown, [ErrorCode, string]>([
  ['FST_ERR_CTP_INVALID_JSON_BODY', ['invalid_input', 'The body is not valid JSON.']],
  ['FST_ERR_CTP_EMPTY_JSON_BODY', ['invalid_input', 'The body is empty although it should be JSON.']],
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', ['invalid_input', 'The body must be JSON: send it with “Content-Type: application/json”.']],
  ['FST_ERR_CTP_INVALID_CONTENT_LENGTH', ['invalid_input', 'The body is not as long as its Content-Length says.']],
  ['FST_ERR_CTP_BODY_TOO_LARGE', ['too_large', 'The body is too large.']],
  ['FST_ERR_BAD_URL', ['invalid_input', 'The address of the request is not valid.']],
  ['FST_ERR_MAX_PARAM_LENGTH', ['too_large', 'A part of the address is too long.']],
])
