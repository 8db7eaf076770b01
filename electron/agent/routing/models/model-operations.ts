/** What the addresses for models are, for the description of this node (openapi/). */
import type { ErrorCode } from '../../../contract/error-codes.ts'
import type { Answer, Operation } from '../../openapi/operation.ts'
import { errorHeader } from '../../support/failure-answer.ts'
import { timeoutHeader } from '../deadline.ts'

interface ModelAddress {
  method: 'GET' | 'POST'
  /** As Fastify writes it. */
  pattern: string
  id: string
  summary: string
  /** It is for a model to work, not a list. */
  works?: true
}

const openAi = [
  { method: 'GET', pattern: '/v1/models', id: 'models', summary: 'Models of all meshes, as OpenAI or Anthropic list them' },
  { method: 'GET', pattern: '/v1/models/:model', id: 'model', summary: 'One model, as OpenAI or Anthropic tell of it' },
  { method: 'POST', pattern: '/v1/chat/completions', id: 'chatCompletion', summary: 'A chat, in OpenAI’s dialect', works: true },
  { method: 'POST', pattern: '/v1/completions', id: 'completion', summary: 'Text carried on, in OpenAI’s dialect', works: true },
  { method: 'POST', pattern: '/v1/embeddings', id: 'embeddings', summary: 'Vectors of texts, in OpenAI’s dialect', works: true },
  { method: 'POST', pattern: '/v1/responses', id: 'response', summary: 'OpenAI’s newer chat, where the engine has it', works: true },
] as const

const anthropic = [
  { method: 'POST', pattern: '/v1/messages', id: 'message', summary: 'A chat, in Anthropic’s dialect', works: true },
  { method: 'POST', pattern: '/v1/messages/count_tokens', id: 'countTokens', summary: 'How many tokens a chat has', works: true },
] as const

const ollama = [
  { method: 'GET', pattern: '/api/tags', id: 'ollamaTags', summary: 'Models of all meshes, as Ollama lists them' },
  { method: 'POST', pattern: '/api/show', id: 'ollamaShow', summary: 'One model, as Ollama tells of it' },
  { method: 'GET', pattern: '/api/ps', id: 'ollamaPs', summary: 'Models that are in memory somewhere, as Ollama lists them' },
  { method: 'GET', pattern: '/api/version', id: 'ollamaVersion', summary: 'A version of Ollama whose calls are understood' },
  { method: 'POST', pattern: '/api/chat', id: 'ollamaChat', summary: 'A chat, in Ollama’s dialect', works: true },
  { method: 'POST', pattern: '/api/generate', id: 'ollamaGenerate', summary: 'Text carried on, in Ollama’s dialect', works: true },
  { method: 'POST', pattern: '/api/embed', id: 'ollamaEmbed', summary: 'Vectors of texts, in Ollama’s dialect', works: true },
  { method: 'POST', pattern: '/api/embeddings', id: 'ollamaEmbeddings', summary: 'A vector, in Ollama’s older words', works: true },
] as const

export const modelAddresses: readonly ModelAddress[] = [...openAi, ...anthropic, ...ollama]

/** What the edge hands over: everything below `/v1/`, and of `/api/`, where the Router API is, these very addresses. */
export const modelPrefixes: readonly string[] = ['/v1/', ...ollama.map(({ pattern }) => pattern)]

const headers = {
  'x-fcn-node': 'Id of the node whose engine worked; of this node for lists.',
  'x-fcn-path': '`local`, or how the peer that served it was reached: `direct`, `relayed`.',
  [errorHeader]: 'Code of the error, when a node answered in place of an engine.',
  'x-request-id': 'Id of the request at every node it passes.',
}
const worked: Answer = { text: 'As the dialect has it; a stream where the request asks for one.', content: { media: '*/*' }, headers }
const listed: Answer = { text: 'As the dialect has it.', content: { media: 'application/json' } }

const always: readonly ErrorCode[] = ['not_found', 'unauthorized', 'forbidden']
const works: readonly ErrorCode[] = [
  ...(['no_peer', 'unreachable', 'backend_failed', 'bad_answer', 'timeout', 'paused', 'not_granted', 'capability_off'] as const),
  ...(['not_member', 'key_mismatch', 'loop', 'not_running', 'removed', 'blocked'] as const),
]

export function modelOperation({ id, summary, method, works: isWork }: ModelAddress): Operation {
  return {
    ...{ id, summary, tag: 'Models', access: 'models', failure: 'dialect' },
    ...(method === 'POST' && { body: { media: 'application/json' } }),
    parameters: {
      ...(id === 'model' && { model: { in: 'path', text: 'Its name; may have slashes.' } }),
      ...(isWork && { [timeoutHeader]: { in: 'header', text: 'Longest that the caller waits for the end of the answer, ms.' } }),
    },
    answers: isWork ? { default: worked } : { 200: listed },
    fails: isWork ? [...always, ...works] : always,
  }
}
