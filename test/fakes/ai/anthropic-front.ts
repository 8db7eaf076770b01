import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import {
  callsIn,
  type EngineSide,
  type Front,
  type FrontRequest,
  numberOr,
  sendJson,
  tell,
  type Telling,
  textIn,
  textsOf,
  thoughtsIn,
} from './front.ts'
import { type End, EngineFault, tokensOf, type Word } from './speaker.ts'

/** Anthropic’s dialect (docs.claude.com/en/api/messages), as llama.cpp and Ollama speak it, too. */
export const anthropicFront: Front = {
  answer(request, response, side) {
    if (request.method !== 'POST') return null
    if (request.path === '/v1/messages') return messages(request, response, side)
    if (request.path === '/v1/messages/count_tokens' && Array.isArray(request.body['messages']))
      return Promise.resolve(sendJson(response, 200, { input_tokens: tokensOf(textsOf(request.body['messages'])) }))
    if (request.path === '/v1/messages/count_tokens') throw new EngineFault('messages: Field required', { status: 400 })
    return null
  },
  fault: ({ message, status }) => ({ type: 'error', error: { type: errorTypes[status] ?? 'api_error', message } }),
}

const errorTypes: Record<number, string> = {
  400: 'invalid_request_error',
  404: 'not_found_error',
  503: 'overloaded_error',
  529: 'overloaded_error',
}
const stopReasons = { stop: 'end_turn', length: 'max_tokens', tools: 'tool_use' } as const

async function messages({ body }: FrontRequest, response: ServerResponse, side: EngineSide): Promise<void> {
  const { model } = body
  if (typeof model !== 'string') throw new EngineFault('model: Field required', { status: 400 })
  if (!side.models.some(({ name }) => name === model)) throw new EngineFault(`model: ${model}`, { status: 404 })
  if (typeof body['max_tokens'] !== 'number') throw new EngineFault('max_tokens: Field required', { status: 400 })
  const said = body['messages']
  if (!Array.isArray(said) || said.length === 0) throw new EngineFault('messages: at least one message is required', { status: 400 })
  const hasResult = JSON.stringify(said.at(-1)).includes('"tool_result"')
  const tools = hasResult || !Array.isArray(body['tools']) ? [] : (body['tools'] as { name: string }[])
  const prompt = textsOf([body['system'], said])
  const ask = { model, prompt, maxTokens: numberOr(body['max_tokens'], 1), tools: tools.map(({ name }) => name) }
  await tell(ask, telling(model, body['stream'] === true, tokensOf(prompt)), response, side)
}

const event = (type: string, data: object) => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`

function telling(model: string, isStream: boolean, read: number): Telling {
  const head = { id: `msg_${randomUUID().replaceAll('-', '')}`, type: 'message', role: 'assistant', model }
  let open: { index: number; kind: string } | null = null
  let next = 0

  const close = () => {
    if (open === null) return ''
    const closed = event('content_block_stop', { index: open.index })
    open = null
    return closed
  }
  /** Goes on with the block, or closes it and begins one of this kind. */
  const within = (kind: string, block: object, delta: object): string => {
    const begun =
      open?.kind === kind && kind !== 'tool' ? '' : close() + event('content_block_start', { index: next, content_block: block })
    if (begun !== '') open = { index: next++, kind }
    return begun + event('content_block_delta', { index: next - 1, delta })
  }

  return {
    ...{ isStream, contentType: 'text/event-stream' },
    begin: () =>
      event('message_start', {
        message: { ...head, content: [], stop_reason: null, stop_sequence: null, usage: { input_tokens: read, output_tokens: 1 } },
      }) + event('ping', {}),
    word(word) {
      if ('text' in word) return within('text', { type: 'text', text: '' }, { type: 'text_delta', text: word.text })
      if ('thinking' in word)
        return within('thinking', { type: 'thinking', thinking: '', signature: '' }, { type: 'thinking_delta', thinking: word.thinking })
      const { name, arguments: given } = word.call
      const block = { type: 'tool_use', id: `toolu_${randomUUID().slice(0, 8)}`, name, input: {} }
      return within('tool', block, { type: 'input_json_delta', partial_json: JSON.stringify(given) })
    },
    end: (end) =>
      close() +
      event('message_delta', {
        delta: { stop_reason: stopReasons[end.reason], stop_sequence: null },
        usage: { output_tokens: end.written },
      }) +
      event('message_stop', {}),
    fault: (fault) => event('error', { error: (anthropicFront.fault(fault) as { error: object }).error }),
    whole: (words, end) => ({
      ...head,
      content: blocksOf(words),
      stop_reason: stopReasons[end.reason],
      stop_sequence: null,
      usage: usageOf(end),
    }),
  }
}

const usageOf = ({ read, written }: End) => ({ input_tokens: read, output_tokens: written })

function blocksOf(words: readonly Word[]): object[] {
  const thinking = thoughtsIn(words)
  const text = textIn(words)
  return [
    ...(thinking === '' ? [] : [{ type: 'thinking', thinking, signature: '' }]),
    ...(text === '' ? [] : [{ type: 'text', text }]),
    ...callsIn(words).map(({ name, arguments: input }, index) => ({ type: 'tool_use', id: `toolu_${index}`, name, input })),
  ]
}
