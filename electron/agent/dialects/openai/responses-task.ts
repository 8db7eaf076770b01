import { z } from 'zod'
import { flag, jsonObject, name, number, readForm, said, untranslatable } from '../form.ts'
import { maxMessages, maxTools } from '../limits.ts'
import { textParts, withToolResults } from '../parts.ts'
import type { AnswerFormat, ChatTask, ContentPart, Message, Sampling, TextPart, ThinkingPart, ToolCallPart } from '../task.ts'
import { readPicture } from './content.ts'
import { readEffort } from './sampling.ts'
import { toolOf } from './tools.ts'

const kind = z.object({ type: z.string() })
const longId = z.string().max(512)
const part = z.union([
  z.object({ type: z.enum(['input_text', 'output_text', 'text']), text: z.string() }),
  z.object({ type: z.literal('refusal'), refusal: z.string() }),
  z.object({ type: z.literal('input_image'), image_url: z.string() }),
  kind,
])
const content = z.union([z.string(), z.array(part).max(maxMessages)])
const texts = z
  .array(z.object({ text: z.string() }))
  .max(maxMessages)
  .nullish()

const item = z.union([
  z.object({ type: z.literal('message').optional(), role: z.enum(['system', 'developer', 'user', 'assistant']), content }),
  z.object({ type: z.literal('function_call'), call_id: longId, name, arguments: z.string() }),
  z.object({ type: z.literal('function_call_output'), call_id: longId, output: content }),
  z.object({ type: z.literal('reasoning'), summary: texts, content: texts }),
  kind,
])
type Item = z.infer<typeof item>

const tool = z.union([
  z.object({ type: z.literal('function'), name, description: z.string().nullish(), parameters: jsonObject.nullish() }),
  kind,
])
const choice = z.union([z.enum(['none', 'auto', 'required']), z.object({ type: z.literal('function'), name }), kind])
const format = z.union([
  z.object({ type: z.enum(['text', 'json_object']) }),
  z.object({ type: z.literal('json_schema'), name: z.string().max(512), schema: jsonObject }),
])

const request = z.object({
  model: name,
  stream: flag,
  instructions: z.string().nullish(),
  input: z.union([z.string(), z.array(item).max(maxMessages)]),
  tools: z.array(tool).max(maxTools).nullish(),
  tool_choice: choice.nullish(),
  parallel_tool_calls: flag,
  text: z.object({ format: format.nullish() }).nullish(),
  reasoning: z.object({ effort: z.string().nullish() }).nullish(),
  max_output_tokens: number,
  temperature: number,
  top_p: number,
  previous_response_id: z.string().nullish(),
  conversation: z.unknown().optional(),
  background: flag,
  prompt: z.unknown().optional(),
})
type Request = z.infer<typeof request>

/** Reads what a program asks of `/v1/responses`, as far as it is a chat whose whole history is in the request. */
export function readResponsesTask(body: unknown): ChatTask {
  const given = readForm(request, body)
  refuseKept(given)
  const effort = readEffort(given.reasoning?.effort)
  const items: Item[] = typeof given.input === 'string' ? [{ role: 'user', content: given.input }] : given.input
  const system: Message[] = given.instructions ? [{ role: 'system', parts: textParts(given.instructions) }] : []
  return {
    kind: 'chat',
    model: given.model,
    stream: given.stream ?? false,
    messages: withToolResults([...system, ...readItems(items)]),
    tools: (given.tools ?? []).map((one) => {
      if ('name' in one) return toolOf(one)
      throw untranslatable(`A tool of the kind “${one.type.slice(0, 40)}”`)
    }),
    toolChoice: readChoice(given.tool_choice ?? 'auto'),
    oneToolCall: given.parallel_tool_calls === false,
    format: readFormat(given.text?.format ?? { type: 'text' }),
    ...(effort !== undefined && { effort }),
    sampling: said({ maxTokens: given.max_output_tokens, temperature: given.temperature, topP: given.top_p }) as Sampling,
  }
}

/** What rests on answers that a server keeps; none is kept here. */
function refuseKept(given: Request): void {
  if (given.previous_response_id) throw untranslatable('An earlier answer by its id (previous_response_id)')
  if (given.conversation !== undefined && given.conversation !== null) throw untranslatable('A conversation that the server keeps')
  if (given.background) throw untranslatable('Work in the background')
  if (given.prompt !== undefined && given.prompt !== null) throw untranslatable('A prompt that the server keeps')
}

function readItems(items: readonly Item[]): Message[] {
  const messages: Message[] = []
  /** What the model said comes in pieces: thoughts, text and calls of one answer are one message. */
  const say = (...parts: (TextPart | ThinkingPart | ToolCallPart)[]) => {
    const last = messages.at(-1)
    if (last?.role === 'assistant') last.parts.push(...parts)
    else if (parts.length > 0) messages.push({ role: 'assistant', parts })
  }
  for (const one of items) {
    if ('role' in one) {
      if (one.role === 'assistant') say(...textOnly(readParts(one.content)))
      else if (one.role === 'user') messages.push({ role: 'user', parts: readParts(one.content) })
      else messages.push({ role: 'system', parts: textOnly(readParts(one.content)) })
    } else if ('arguments' in one) say({ type: 'tool-call', id: one.call_id, name: one.name, arguments: one.arguments })
    else if ('output' in one) {
      const content = readParts(one.output)
      messages.push({ role: 'tool', parts: [{ type: 'tool-result', id: one.call_id, name: null, content, isError: false }] })
    } else if (one.type === 'reasoning') {
      const { summary, content: thoughts } = z.object({ summary: texts, content: texts }).parse(one)
      const text = (thoughts?.length ? thoughts : (summary ?? [])).map((thought) => thought.text).join('\n')
      if (text !== '') say({ type: 'thinking', text, signature: '' })
    } else throw untranslatable(`An item of the kind “${one.type.slice(0, 40)}” (send the items themselves, with “store”: false)`)
  }
  return messages
}

function readParts(given: z.infer<typeof content>): ContentPart[] {
  if (typeof given === 'string') return textParts(given)
  return given.flatMap((one): ContentPart[] => {
    if ('text' in one) return textParts(one.text)
    if ('refusal' in one) return textParts(one.refusal)
    if ('image_url' in one) return [readPicture(one.image_url)]
    throw untranslatable(`A part of the kind “${one.type.slice(0, 40)}”`)
  })
}

const textOnly = (parts: readonly ContentPart[]): TextPart[] =>
  parts.map((one) => {
    if (one.type === 'text') return one
    throw untranslatable('A picture that is not of the user')
  })

function readChoice(given: z.infer<typeof choice>): ChatTask['toolChoice'] {
  if (typeof given === 'string') return given
  if ('name' in given) return { name: given.name }
  throw untranslatable(`A choice of tools of the kind “${given.type.slice(0, 40)}”`)
}

function readFormat(given: z.infer<typeof format>): AnswerFormat | null {
  if ('schema' in given) return { type: 'schema', name: given.name, schema: given.schema }
  return given.type === 'text' ? null : { type: 'json' }
}
