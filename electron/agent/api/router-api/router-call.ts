import type { z } from 'zod'
import { described, type Operation } from '../../openapi/operation.ts'

/** Describes a call of the Router API: with the key, unless it says otherwise, and answered with 200. */
export const routerCall = (
  operation: Pick<Operation, 'id' | 'summary'> & Partial<Operation>,
  answer: z.ZodType,
  { status = 200, text = 'What was asked for.' } = {},
) =>
  described({
    tag: 'Router API',
    access: 'key',
    failure: 'text',
    answers: { [status]: { text, content: { schema: answer } } },
    ...operation,
  })
