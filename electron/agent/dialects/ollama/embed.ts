import { z } from 'zod'
import type { AnswerForm, AnswerWriter, ExchangeContext, OperationForm } from '../dialect.ts'
import { name, readForm, said } from '../form.ts'
import { maxTexts } from '../limits.ts'
import { jsonType } from '../stream/frames.ts'
import type { EmbedTask } from '../task.ts'
import { vectorList } from '../vectors.ts'

const request = z.object({
  model: name,
  input: z.union([z.string().transform((text) => [text]), z.array(z.string()).min(1).max(maxTexts)]),
  dimensions: z.number().int().positive().nullish(),
})
const olderRequest = z.object({ model: name, prompt: z.string() })

const answer = z.object({ embeddings: vectorList, prompt_eval_count: z.number().nonnegative().nullish() })
const olderAnswer = z.object({ embedding: z.array(z.number()) })

const answered = (vectors: number[][], input: number | null): ReturnType<AnswerForm['document']> => [
  { type: 'vectors', vectors },
  { type: 'end', reason: 'stop', stopText: null, usage: { input, output: null, cached: null }, timing: null },
]

const documentForm = (document: AnswerForm['document']): AnswerForm => ({ frame: () => [], document, close: () => [] })

function createWriter(write: (vectors: readonly number[][], input: number | null) => unknown): AnswerWriter {
  let vectors: number[][] = []
  return {
    contentType: jsonType,
    push(event) {
      if (event.type === 'vectors') ({ vectors } = event)
      return event.type === 'end' ? JSON.stringify(write(vectors, event.usage.input)) : ''
    },
  }
}

function newerWriter(model: string, { now }: ExchangeContext): AnswerWriter {
  const startedAt = now()
  return createWriter((embeddings, input) => ({
    model,
    embeddings,
    total_duration: Math.round((now() - startedAt) * 1e6),
    load_duration: 0,
    ...said({ prompt_eval_count: input }),
  }))
}

/** `/api/embed` */
export const embed: OperationForm = {
  operation: 'ollama.embed',
  path: '/api/embed',
  framing: 'lines',
  readTask(body): EmbedTask {
    const { model, input, dimensions } = readForm(request, body)
    return { kind: 'embed', model, stream: false, input, dimensions: dimensions ?? null }
  },
  writeTask: (task) =>
    task.kind === 'embed' ? JSON.stringify({ model: task.model, input: task.input, ...said({ dimensions: task.dimensions }) }) : null,
  createAnswer: () =>
    documentForm((data) => {
      const { embeddings, prompt_eval_count: input } = answer.parse(data)
      return answered(embeddings, input ?? null)
    }),
  createWriter: ({ model }, context) => newerWriter(model, context),
}

/** `/api/embeddings`: the older form, with one text. */
export const embeddings: OperationForm = {
  operation: 'ollama.embeddings',
  path: '/api/embeddings',
  framing: 'lines',
  readTask(body): EmbedTask {
    const { model, prompt } = readForm(olderRequest, body)
    return { kind: 'embed', model, stream: false, input: [prompt], dimensions: null }
  },
  writeTask: () => null, // no engine that has it lacks the newer one
  createAnswer: () => documentForm((data) => answered([olderAnswer.parse(data).embedding], null)),
  createWriter: () => createWriter((vectors) => ({ embedding: vectors[0] ?? [] })),
}
