import { z } from 'zod'
import type { AnswerForm, AnswerWriter, OperationForm } from '../dialect.ts'
import { unknownUsage } from '../events.ts'
import { name, readForm, said, untranslatable } from '../form.ts'
import { maxTexts } from '../limits.ts'
import { jsonType } from '../stream/frames.ts'
import type { EmbedTask } from '../task.ts'
import { vectorFromBase64, vectorToBase64 } from '../vectors.ts'
import { readUsage, usage } from './usage.ts'

const encoding = z.enum(['float', 'base64']).nullish()
const request = z.object({
  model: name,
  input: z.unknown().optional(),
  dimensions: z.number().int().positive().nullish(),
  encoding_format: encoding,
})
const texts = z.array(z.string()).min(1).max(maxTexts)

/** Reads what a program asks of `/v1/embeddings`. */
function readTask(body: unknown): EmbedTask {
  const given = readForm(request, body)
  const input = texts.safeParse(typeof given.input === 'string' ? [given.input] : given.input)
  if (!input.success) throw untranslatable('An input that is not a text or up to 8192 texts')
  return { kind: 'embed', model: given.model, stream: false, input: input.data, dimensions: given.dimensions ?? null }
}

const writeTask = ({ model, input, dimensions }: EmbedTask) =>
  JSON.stringify({ model, input, encoding_format: 'float', ...said({ dimensions }) })

const vector = z.union([z.array(z.number()), z.string().transform(vectorFromBase64)])
const answer = z.object({
  data: z.array(z.object({ index: z.number().int().nonnegative().nullish(), embedding: vector })).max(maxTexts),
  usage,
})

/** Vectors in the order of the input, whatever order they come in. */
const createAnswer = (): AnswerForm => ({
  frame: () => [],
  document(data) {
    const given = answer.parse(data)
    const ordered = given.data
      .map(({ index, embedding }, place) => ({ place: index ?? place, embedding }))
      .toSorted((a, b) => a.place - b.place)
      .map(({ embedding }) => embedding)
    const counted = given.usage ? readUsage(given.usage) : unknownUsage
    return [
      { type: 'vectors', vectors: ordered },
      { type: 'end', reason: 'stop', stopText: null, usage: counted, timing: null },
    ]
  },
  close: () => [],
})

/** The program wants vectors as base64, as OpenAI’s own clients do. */
const wantsBase64 = (body: unknown): boolean => z.object({ encoding_format: z.literal('base64') }).safeParse(body).success

/** Some engines send numbers when asked for base64, of which OpenAI’s own clients would make nonsense. */
const asNumbers = z.looseObject({
  data: z
    .array(z.looseObject({ embedding: z.array(z.number()) }))
    .min(1)
    .max(maxTexts),
})

function mend(asked: unknown, answered: unknown): unknown {
  if (!wantsBase64(asked)) return null
  const given = asNumbers.safeParse(answered).data
  return given === undefined ? null : { ...given, data: given.data.map((one) => ({ ...one, embedding: vectorToBase64(one.embedding) })) }
}

function createWriter(model: string, asBase64: boolean): AnswerWriter {
  let data: unknown[] = []
  return {
    contentType: jsonType,
    push(event) {
      if (event.type === 'vectors') {
        data = event.vectors.map((numbers, index) => ({
          object: 'embedding',
          index,
          embedding: asBase64 ? vectorToBase64(numbers) : numbers,
        }))
      }
      if (event.type !== 'end') return ''
      const tokens = event.usage.input ?? 0 // the form has no word for “not counted”
      return JSON.stringify({ object: 'list', data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } })
    },
  }
}

/** `/v1/embeddings` */
export const embed: OperationForm = {
  operation: 'openai.embed',
  path: '/v1/embeddings',
  framing: 'events',
  readTask,
  writeTask: (task) => (task.kind === 'embed' ? writeTask(task) : null),
  createAnswer,
  mend,
  createWriter: ({ body, model }) => createWriter(model, wantsBase64(body)),
}
