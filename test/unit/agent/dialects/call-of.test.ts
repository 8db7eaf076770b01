import { describe, expect, it } from 'vitest'
import { callOf, dialectOf } from '../../../../electron/agent/dialects/call-of.ts'

const anthropic = { 'anthropic-version': '2023-06-01' }
const operationOf = (method: string, path: string, headers = {}) => callOf({ method, path, headers })?.operation ?? null

describe('a call', () => {
  it.each([
    ['POST', '/v1/chat/completions', 'openai.chat'],
    ['POST', '/v1/completions', 'openai.completion'],
    ['POST', '/v1/embeddings', 'openai.embed'],
    ['POST', '/v1/responses', 'openai.responses'],
    ['GET', '/v1/models', 'openai.models'],
    ['POST', '/api/chat', 'ollama.chat'],
    ['POST', '/api/generate', 'ollama.generate'],
    ['POST', '/api/embed', 'ollama.embed'],
    ['POST', '/api/embeddings', 'ollama.embeddings'],
    ['GET', '/api/tags', 'ollama.tags'],
    ['POST', '/api/show', 'ollama.show'],
    ['GET', '/api/ps', 'ollama.ps'],
    ['GET', '/api/version', 'ollama.version'],
    ['POST', '/v1/messages', 'anthropic.messages'],
    ['POST', '/v1/messages?beta=true', 'anthropic.messages'],
    ['POST', '/v1/messages/count_tokens', 'anthropic.count'],
    ['POST', '/v1/chat/completions/', 'openai.chat'],
  ])('%s %s is %s', (method, path, operation) => {
    expect(operationOf(method, path)).toBe(operation)
  })

  it('that both OpenAI and Anthropic have is Anthropic’s when its version is named', () => {
    expect(operationOf('GET', '/v1/models', anthropic)).toBe('anthropic.models')
    expect(operationOf('GET', '/v1/models/llama3', anthropic)).toBe('anthropic.model')
  })

  it('about one model names it, slashes and all', () => {
    expect(callOf({ method: 'GET', path: '/v1/models/org%2Fmodel%3A7b', headers: {} })).toMatchObject({ model: 'org/model:7b' })
    expect(callOf({ method: 'GET', path: '/v1/models/org/model:7b', headers: {} })).toMatchObject({
      operation: 'openai.model',
      model: 'org/model:7b',
    })
    expect(callOf({ method: 'GET', path: '/v1/models/%E0%A4%A', headers: {} })).toBeNull()
  })

  it('is none with another method or path', () => {
    for (const [method, path] of [
      ['GET', '/v1/chat/completions'],
      ['POST', '/v1/models'],
      ['POST', '/api/pull'],
      ['DELETE', '/api/delete'],
      ['POST', '/v1/chat/completions/x'],
      ['GET', '/'],
      ['POST', ''],
    ] as const) {
      expect(operationOf(method, path), `${method} ${path}`).toBeNull()
    }
  })

  it('has its errors in the dialect of its path, known or not', () => {
    const dialect = (path: string, headers = {}) => dialectOf({ method: 'POST', path, headers })
    expect(dialect('/api/pull')).toBe('ollama')
    expect(dialect('/v1/messages/batches')).toBe('anthropic')
    expect(dialect('/v1/models', anthropic)).toBe('anthropic')
    expect(dialect('/v1/audio/speech')).toBe('openai')
    expect(dialect('/apiary')).toBe('openai')
  })
})
