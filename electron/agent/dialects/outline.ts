import { z } from 'zod'
import type { Call, Outline, WorkOperation } from './dialect.ts'
import { jsonObject, name, readForm } from './form.ts'
import { longestOpening } from './limits.ts'

/** `name` is what `/api/show` said earlier. */
const named = z.union([z.object({ model: name }), z.object({ name }).transform((given) => ({ model: given.name }))])

const uses: Record<WorkOperation, Outline['use']> = {
  'openai.chat': 'chat',
  'openai.completion': 'completion',
  'openai.embed': 'embedding',
  'openai.responses': 'chat',
  'ollama.chat': 'chat',
  'ollama.generate': 'chat',
  'ollama.embed': 'embedding',
  'ollama.embeddings': 'embedding',
  'anthropic.messages': 'chat',
  'anthropic.count': 'chat',
}

/** Ollama’s calls stream unless they are told not to; vectors and counts never do. */
const streamsByItself = new Set<string>(['ollama.chat', 'ollama.generate'])
const neverStreams = new Set<string>(['openai.embed', 'ollama.embed', 'ollama.embeddings', 'anthropic.count'])

/** What must be known of a request to choose a place for it. Throws `invalid_input` for a body that names no model. */
export function outlineOf(call: Call, body: unknown): Outline {
  const { model } = readForm(named, body)
  const given = jsonObject.parse(body)
  const turns = given['messages'] ?? given['input']
  return {
    model,
    stream: streams(call, given['stream']),
    use: call.kind === 'work' ? useOf(call.operation, given) : 'chat',
    hasImages: isFilled(given['images']) || showsPicture(turns, deepest),
    hasTools: isFilled(given['tools']),
    opening: openingOf(given['system'] ?? given['instructions'], turns),
  }
}

function useOf(operation: WorkOperation, given: Record<string, unknown>): Outline['use'] {
  const carriesOn = operation === 'ollama.generate' && (given['raw'] === true || Boolean(given['suffix']))
  return carriesOn ? 'completion' : uses[operation]
}

function streams({ kind, operation }: Call, said: unknown): boolean {
  if (kind === 'list' || neverStreams.has(operation)) return false
  return streamsByItself.has(operation) ? said !== false : said === true
}

const isFilled = (list: unknown) => Array.isArray(list) && list.length > 0

/** Messages, a message, its content, a part, the content of a result, a part of it. */
const deepest = 6

const pictures = new Set<unknown>(['image', 'image_url', 'input_image'])

/** Somewhere in the messages, in one of their parts, or in the result of a tool. */
function showsPicture(value: unknown, depth: number): boolean {
  if (depth === 0) return false
  if (Array.isArray(value)) return value.some((one) => showsPicture(one, depth - 1))
  const object = jsonObject.safeParse(value).data
  if (object === undefined) return false
  return pictures.has(object['type']) || isFilled(object['images']) || showsPicture(object['content'] ?? object['output'], depth - 1)
}

const half = longestOpening / 2

/** The system prompt and the first that is said: they stay the same as long as a conversation goes on. */
function openingOf(system: unknown, turns: unknown): string {
  if (typeof turns === 'string' || !Array.isArray(turns)) return ''
  const messages = turns.slice(0, 20).map((turn) => jsonObject.safeParse(turn).data ?? {})
  const first = messages.findIndex(({ role }) => role === 'user')
  if (first === -1) return ''
  const before = [system, ...messages.slice(0, first).map(({ content }) => content)].map(textIn).join('\n')
  return `${before.slice(0, half - 1)}\n${textIn(messages[first]?.['content']).slice(0, half)}`
}

function textIn(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content.flatMap((part) => textPart.safeParse(part).data?.text ?? []).join('\n')
}

const textPart = z.object({ text: z.string() })
