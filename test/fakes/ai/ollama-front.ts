import { createHash } from 'node:crypto'
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

/** Ollama’s own dialect (docs.ollama.com/api). */
export const ollamaFront: Front = {
  answer(request, response, side) {
    const { method, path } = request
    const lists: Record<string, () => object> = {
      '/api/version': () => ({ version: '0.30.1' }),
      '/api/tags': () => ({ models: side.models.map(modelOf) }),
      '/api/ps': () => ({ models: side.models.filter(({ name }) => side.loaded.has(name)).map(runningOf) }),
    }
    const list = lists[path]
    if (method === 'GET' && list !== undefined) return Promise.resolve(sendJson(response, 200, list()))
    if (method !== 'POST') return null
    if (path === '/api/show') return Promise.resolve(sendJson(response, 200, showOf(modelIn(request, side))))
    if (path === '/api/chat') return chat(request, response, side)
    if (path === '/api/generate') return generate(request, response, side)
    if (path === '/api/embed' || path === '/api/embeddings') return embed(request, response, side)
    return null
  },
  fault: ({ message }) => ({ error: message }),
}

const details = {
  parent_model: '',
  format: 'gguf',
  family: 'llama',
  families: ['llama'],
  parameter_size: '3.2B',
  quantization_level: 'Q4_K_M',
}

const modelOf = ({ name, size = 2_019_393_189 }: FakeModel) => ({
  ...{ name, model: name, modified_at: '2026-05-04T17:37:44.706015396Z', size },
  ...{ digest: createHash('sha256').update(name).digest('hex'), details },
})
const runningOf = (model: FakeModel) => ({
  ...{ ...modelOf(model), expires_at: '2026-12-04T14:38:31.83753Z', size_vram: model.size ?? 2_019_393_189 },
  context_length: model.contextLength ?? 4_096,
})
const showOf = ({ uses = ['chat'], contextLength = 131_072 }: FakeModel) => ({
  ...{ modelfile: '# Modelfile', parameters: '', template: '{{ .Prompt }}', details, modified_at: '2026-05-04T17:37:44.706015396Z' },
  model_info: { 'general.architecture': 'llama', 'general.parameter_count': 3_212_749_888, 'llama.context_length': contextLength },
  capabilities: uses.flatMap((use) => (use === 'chat' ? ['completion'] : [use])),
})

/** Names without a tag mean `:latest`. */
function modelIn({ body }: FrontRequest, { models }: EngineSide): FakeModel {
  const asked = String(body['model'] ?? body['name'])
  const found = models.find(({ name }) => name === asked || name === `${asked}:latest`)
  if (found !== undefined) return found
  throw new EngineFault(`model '${asked}' not found`, { status: 404 })
}

const line = (data: object) => `${JSON.stringify(data)}\n`
const maxTokensIn = ({ body }: FrontRequest) => {
  const wanted = numberOr((body['options'] as { num_predict?: unknown } | undefined)?.num_predict, -1)
  return wanted < 0 ? 1_000_000 : wanted
}
const counts = ({ reason, read, written }: End) => ({
  ...{ done_reason: reason === 'length' ? 'length' : 'stop', done: true },
  ...{ total_duration: 4_883_583_458, load_duration: 1_334_875, prompt_eval_count: read, prompt_eval_duration: 342_546_000 },
  ...{ eval_count: written, eval_duration: 4_535_599_000 },
})

function telling(request: FrontRequest, model: string, piece: (words: readonly Word[]) => object): Telling {
  const head = () => ({ model, created_at: new Date().toISOString() })
  return {
    ...{ isStream: request.body['stream'] !== false, contentType: 'application/x-ndjson' },
    begin: () => '',
    word: (word) => line({ ...head(), ...piece([word]), done: false }),
    end: (end) => line({ ...head(), ...piece([]), ...counts(end) }),
    fault: (fault) => line(ollamaFront.fault(fault)),
    whole: (words, end) => ({ ...head(), ...piece(words), ...counts(end) }),
  }
}

async function chat(request: FrontRequest, response: ServerResponse, side: EngineSide): Promise<void> {
  const { name } = modelIn(request, side)
  const { messages, tools } = request.body
  const said = Array.isArray(messages) ? (messages as { role?: unknown }[]) : []
  // nothing to say: the model is brought into memory
  if (said.length === 0) {
    side.loaded.add(name)
    return sendJson(response, 200, {
      model: name,
      created_at: new Date().toISOString(),
      message: { role: 'assistant', content: '' },
      done_reason: 'load',
      done: true,
    })
  }
  const offered = said.at(-1)?.role === 'tool' || !Array.isArray(tools) ? [] : (tools as { function: { name: string } }[])
  const ask = {
    model: name,
    prompt: textsOf(messages),
    maxTokens: maxTokensIn(request),
    tools: offered.map(({ function: { name } }) => name),
  }
  await tell(
    ask,
    telling(request, name, (words) => ({ message: messageOf(words) })),
    response,
    side,
  )
}

function messageOf(words: readonly Word[]): object {
  const thinking = thoughtsIn(words)
  const calls = callsIn(words).map(({ name, arguments: given }) => ({ function: { name, arguments: given } }))
  return { role: 'assistant', content: textIn(words), ...(thinking !== '' && { thinking }), ...(calls.length > 0 && { tool_calls: calls }) }
}

async function generate(request: FrontRequest, response: ServerResponse, side: EngineSide): Promise<void> {
  const { name } = modelIn(request, side)
  const ask = { model: name, prompt: textsOf(request.body['prompt']), maxTokens: maxTokensIn(request), tools: [] }
  if (ask.prompt === '') {
    side.loaded.add(name)
    return sendJson(response, 200, { model: name, created_at: new Date().toISOString(), response: '', done: true, done_reason: 'load' })
  }
  await tell(
    ask,
    telling(request, name, (words) => ({ response: textIn(words) })),
    response,
    side,
  )
}

async function embed(request: FrontRequest, response: ServerResponse, side: EngineSide): Promise<void> {
  const { name } = modelIn(request, side)
  const { input, prompt } = request.body
  const texts = [input ?? prompt].flat().map(String)
  const embeddings = await side.speaker.embed(texts)
  if (request.path === '/api/embeddings') return sendJson(response, 200, { embedding: embeddings[0] ?? [] })
  sendJson(response, 200, {
    model: name,
    embeddings,
    total_duration: 14_143_917,
    load_duration: 1_019_500,
    prompt_eval_count: tokensOf(texts.join(' ')),
  })
}
