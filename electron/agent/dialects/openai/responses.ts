import { z } from 'zod'
import type { AnswerForm, OperationForm } from '../dialect.ts'
import { readEngineError } from '../engine-failure.ts'
import type { EndReason, ModelEvent, Usage } from '../events.ts'
import { readResponsesTask } from './responses-task.ts'
import { createResponsesWriter } from './responses-writer.ts'

const count = z.number().nonnegative().nullish()
const response = z.object({
  status: z.string().nullish(),
  incomplete_details: z.object({ reason: z.string().nullish() }).nullish(),
  error: z.unknown().optional(),
  usage: z
    .object({ input_tokens: count, output_tokens: count, input_tokens_details: z.object({ cached_tokens: count }).nullish() })
    .nullish(),
})
const event = z.object({ type: z.string(), delta: z.unknown().optional(), response: response.nullish() })

function usageOf({ usage }: z.infer<typeof response>): Usage {
  const cached = usage?.input_tokens_details?.cached_tokens ?? null
  return { input: usage?.input_tokens ?? null, output: usage?.output_tokens ?? null, cached }
}

function endOf(given: z.infer<typeof response>): ModelEvent[] {
  if (given.error !== undefined && given.error !== null) return [{ type: 'error', error: readEngineError(null, given) }]
  const why = given.incomplete_details?.reason
  const reason: EndReason = why === 'max_output_tokens' ? 'length' : why === 'content_filter' ? 'refusal' : 'stop'
  return [{ type: 'end', reason, stopText: null, usage: usageOf(given), timing: null }]
}

/**
 * What an engine answers at `/v1/responses`, as far as it must be watched while it is passed through: that it has begun, that
 * it goes on, how it ends. No engine is asked this way for a program that speaks another dialect.
 */
const createAnswer = (): AnswerForm => ({
  frame(data) {
    if (data === '[DONE]') return []
    const given = event.parse(data)
    switch (given.type) {
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
        return endOf(given.response ?? { error: undefined })
      case 'error':
        return [{ type: 'error', error: readEngineError(null, data) }]
      default: {
        const isPiece = given.type.endsWith('.delta') && typeof given.delta === 'string' && given.delta !== ''
        return isPiece ? [{ type: 'text', text: String(given.delta) }] : []
      }
    }
  },
  document: (data) => endOf(response.parse(data)),
  close: () => [],
})

/** `/v1/responses` */
export const responses: OperationForm = {
  operation: 'openai.responses',
  path: '/v1/responses',
  framing: 'events',
  readTask: readResponsesTask,
  writeTask: () => null,
  createAnswer,
  createWriter: createResponsesWriter,
}
