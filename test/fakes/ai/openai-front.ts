import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import {
  callsIn,
  type EngineSide,
  type FakeModel,
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

/** OpenAI’s dialect as llama.cpp, vLLM and LM Studio speak it (platform.openai.com/docs/api-reference). */
export const openAiFront: Front = {
  answer(request, response, side) {
    const { method, path } = request
    if (method === 'GET' && path === '/v1/models')
      return Promise.resolve(sendJson(response, 200, { object: 'list', data: side.models.map((model) => modelOf(model, side.owner)) }))
    if (method !== 'POST') return null
    if (path === '/v1/chat/completions') return chat(request, response, side)
    if (path === '/v1/completions') return completion(request, response, side)
    if (path === '/v1/embeddings') return embeddings(request, response, side)
    return null
  },
  fault: ({ message, status }) => ({
    error: {
      message,
      type: status === 404 ? 'not_found_error' : status < 500 ? 'invalid_request_error' : 'server_error',
      param: null,
      code: status === 404 ? 'model_not_found' : null,
    },
  }),
}

const modelOf = ({ name, size, contextLength }: FakeModel, owner: string) => ({
  ...{ id: name, object: 'model', created: 1_700_000_000, owned_by: owner },
  ...(contextLength !== undefined && { max_model_len: contextLength, meta: { n_ctx_train: contextLength, size: size ?? 0 } }),
})

const event = (data: object) => `data: ${JSON.stringify(data)}\n\n`
const finish = { stop: 'stop', length: 'length', tools: 'tool_calls' } as const
const usageOf = ({ read, written }: End) => ({ prompt_tokens: read, completion_tokens: written, total_tokens: read + written })

function checkModel(body: Record<string, unknown>, { models }: EngineSide): string {
  const { model } = body
  if (typeof model !== 'string') throw new EngineFault('model is required', { status: 400 })
  if (models.some(({ name }) => name === model)) return model
  throw new EngineFault(`model '${model}' not found`, { status: 404 })
}

async function chat({ body }: FrontRequest, response: ServerResponse, side: EngineSide): Promise<void> {
  const model = checkModel(body, side)
  const { messages, tools, stream, stream_options: streamOptions } = body
  if (!Array.isArray(messages) || messages.length === 0) throw new EngineFault("'messages' is required", { status: 400 })
  const hasResult = (messages as { role?: unknown }[]).at(-1)?.role === 'tool'
  const offered = body['tool_choice'] === 'none' || hasResult || !Array.isArray(tools) ? [] : (tools as { function: { name: string } }[])
  const withUsage = (streamOptions as { include_usage?: boolean } | undefined)?.include_usage === true
  const ask = {
    ...{ model, prompt: textsOf(messages) },
    maxTokens: numberOr(body['max_completion_tokens'] ?? body['max_tokens'], 1_000_000),
    tools: offered.map(({ function: { name } }) => name),
  }
  await tell(ask, chatTelling(model, { isStream: stream === true, withUsage }), response, side)
}

function chatTelling(model: string, { isStream, withUsage }: { isStream: boolean; withUsage: boolean }): Telling {
  const head = { id: `chatcmpl-${randomUUID()}`, created: Math.floor(Date.now() / 1_000), model, system_fingerprint: 'fp_test' }
  const chunk = (delta: object, reason: string | null = null) =>
    event({ ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta, logprobs: null, finish_reason: reason }] })
  let calls = 0
  const wordChunk = (word: Word): string => {
    if ('text' in word) return chunk({ content: word.text })
    if ('thinking' in word) return chunk({ reasoning_content: word.thinking })
    const index = calls++
    const piece = (of: object) => chunk({ tool_calls: [{ index, ...of }] })
    const text = JSON.stringify(word.call.arguments)
    const half = Math.ceil(text.length / 2)
    return (
      piece({ id: `call_${randomUUID().slice(0, 8)}`, type: 'function', function: { name: word.call.name, arguments: '' } }) +
      piece({ function: { arguments: text.slice(0, half) } }) +
      piece({ function: { arguments: text.slice(half) } })
    )
  }
  return {
    ...{ isStream, contentType: 'text/event-stream' },
    begin: () => chunk({ role: 'assistant', content: '' }),
    word: wordChunk,
    end: (end) =>
      `${chunk({}, finish[end.reason])}${withUsage ? event({ ...head, object: 'chat.completion.chunk', choices: [], usage: usageOf(end) }) : ''}data: [DONE]\n\n`,
    fault: (fault) => event(openAiFront.fault(fault)),
    whole(words, end) {
      const toolCalls = callsIn(words).map(({ name, arguments: given }, index) => ({
        ...{ id: `call_${index}`, type: 'function' },
        function: { name, arguments: JSON.stringify(given) },
      }))
      const thoughts = thoughtsIn(words)
      const message = {
        ...{ role: 'assistant', content: toolCalls.length > 0 ? null : textIn(words) },
        ...(thoughts !== '' && { reasoning_content: thoughts }),
        ...(toolCalls.length > 0 && { tool_calls: toolCalls }),
      }
      return {
        ...head,
        object: 'chat.completion',
        choices: [{ index: 0, message, logprobs: null, finish_reason: finish[end.reason] }],
        usage: usageOf(end),
      }
    },
  }
}

async function completion({ body }: FrontRequest, response: ServerResponse, side: EngineSide): Promise<void> {
  const model = checkModel(body, side)
  const prompt = textsOf(body['prompt'])
  const head = { id: `cmpl-${randomUUID()}`, object: 'text_completion', created: Math.floor(Date.now() / 1_000), model }
  const choice = (text: string, reason: string | null) => ({
    ...head,
    choices: [{ text, index: 0, logprobs: null, finish_reason: reason }],
  })
  await tell(
    { model, prompt, maxTokens: numberOr(body['max_tokens'], 16), tools: [] },
    {
      ...{ isStream: body['stream'] === true, contentType: 'text/event-stream' },
      begin: () => '',
      word: (word) => event(choice(textIn([word]), null)),
      end: (end) => `${event({ ...choice('', finish[end.reason]), usage: usageOf(end) })}data: [DONE]\n\n`,
      fault: (fault) => event(openAiFront.fault(fault)),
      whole: (words, end) => ({ ...choice(textIn(words), finish[end.reason]), usage: usageOf(end) }),
    },
    response,
    side,
  )
}

async function embeddings({ body }: FrontRequest, response: ServerResponse, side: EngineSide): Promise<void> {
  const model = checkModel(body, side)
  const texts = [body['input']].flat().map(String)
  const inBase64 = body['encoding_format'] === 'base64'
  const vectors = await side.speaker.embed(texts)
  const data = vectors.map((vector, index) => ({
    ...{ object: 'embedding', index },
    embedding: inBase64 ? Buffer.from(Float32Array.from(vector).buffer).toString('base64') : vector,
  }))
  const tokens = tokensOf(texts.join(' '))
  sendJson(response, 200, { object: 'list', data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } })
}
