/** Errors as the description shows them: by status, with the codes of the one error table that have it. */
import { type ErrorCode, errorTable } from '../../contract/error-codes.ts'

/**
 * `plain`: a Failure · `call`: one under `error`, as calls answer · `text`: its message under `error`, as the Router API
 * v0.1 wants it · `page`: a Failure, or a page that says it, for browsers · `routed`: a Failure, with a header that tells
 * it from the answer of a service · `dialect`: the same, in the form of the caller’s dialect
 */
export type FailureShape = 'plain' | 'call' | 'text' | 'page' | 'routed' | 'dialect'

const allCodes = Object.keys(errorTable) as ErrorCode[]

/** What any request may meet: a form that is not HTTP as it should be, a stranger's limits, a node that stops or has no disk left. */
const always: readonly ErrorCode[] = ['invalid_input', 'too_large', 'too_many', 'encrypted_only', 'disk_full', 'busy', 'internal']

const withStatus = (status: number, among: ReadonlySet<ErrorCode>) =>
  allCodes.filter((code) => errorTable[code].status === status && among.has(code))

/** What fails with one status. */
interface FailedAnswer {
  status: number
  /** Names it in the document: the same for the same codes in the same shape. */
  name: string
  response: object
}

/** The failed answers of an operation, by status. Schemas refer to `Failure`, which the document has. */
export function failedAnswers(shape: FailureShape, codes: readonly ErrorCode[] | 'any'): FailedAnswer[] {
  const among = new Set(codes === 'any' ? allCodes : [...always, ...codes])
  const statuses = new Set([...among].map((code) => errorTable[code].status as number))
  return [...statuses]
    .toSorted((a, b) => a - b)
    .map((status) => {
      const own = withStatus(status, among)
      const isAll = own.length === withStatus(status, new Set(allCodes)).length
      return {
        status,
        name: [shape, status, ...(isAll ? [] : own)].join('.'),
        response: responseOf(shape, status, own),
      }
    })
}

function responseOf(shape: FailureShape, status: number, codes: readonly ErrorCode[]): object {
  const isRouted = shape === 'routed' || shape === 'dialect'
  const headers = {
    ...((status === 429 || (isRouted && status === 503)) && {
      'retry-after': { description: 'Seconds, where they are known.', schema: { type: 'integer' } },
    }),
    ...(isRouted && {
      'x-fcn-error': { description: 'The code.', schema: { enum: codes } },
      'x-fcn-executed': { description: '`no`: no program has seen the request, it may be sent again.', schema: { enum: ['no'] } },
    }),
  }
  return {
    description: codes.map((code) => `\`${code}\`: ${errorTable[code].title}.`).join(' '),
    ...(Object.keys(headers).length > 0 && { headers }),
    content: { 'application/json': { schema: schemaOf(shape, codes) }, ...(shape === 'page' && { 'text/html': {} }) },
  }
}

/** The body that an error with one of these codes has. */
function schemaOf(shape: FailureShape, codes: readonly ErrorCode[]): object {
  if (shape === 'text') return inError({ type: 'string' })
  if (shape === 'dialect') return { type: 'object', properties: { error: {} }, required: ['error'] }
  const failure = { allOf: [{ $ref: '#/components/schemas/Failure' }, { properties: { code: { enum: codes } } }] }
  return shape === 'call' ? inError(failure) : failure
}

const inError = (error: object) => ({ type: 'object', properties: { error }, required: ['error'], additionalProperties: false })
