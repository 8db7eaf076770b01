import { describe, expect, it } from 'vitest'
import type { ListCall, ListOperation } from '../../../../electron/agent/dialects/dialect.ts'
import { type ListedModel, ollamaGreeting, writeList } from '../../../../electron/agent/dialects/model-lists.ts'

const llama: ListedModel = {
  name: 'llama3.2:latest',
  uses: ['chat', 'completion', 'tools'],
  contextLength: 8192,
  size: 2_000_000_000,
  parameters: '3.2B',
  quantization: 'Q4_K_M',
  loaded: true,
}
const bare: ListedModel = {
  ...{ name: 'org/bare', uses: ['embedding'], contextLength: null, size: null, parameters: null, quantization: null, loaded: null },
}
const now = Date.UTC(2026, 0, 2)

const list = (operation: ListOperation, { model = null, body }: { model?: string | null; body?: unknown } = {}) =>
  writeList({ kind: 'list', dialect: operation.split('.')[0], operation, model } as ListCall, [llama, bare], { now, body })

describe('a list of models', () => {
  it('has OpenAI’s form', () => {
    expect(list('openai.models')).toEqual({
      object: 'list',
      data: [
        { id: 'llama3.2:latest', object: 'model', created: now / 1000, owned_by: 'mesh' },
        { id: 'org/bare', object: 'model', created: now / 1000, owned_by: 'mesh' },
      ],
    })
    expect(list('openai.model', { model: 'org/bare' })).toMatchObject({ id: 'org/bare', object: 'model' })
  })

  it('has Anthropic’s form', () => {
    expect(list('anthropic.models')).toMatchObject({
      data: [{ type: 'model', id: 'llama3.2:latest', display_name: 'llama3.2:latest', created_at: '2026-01-02T00:00:00.000Z' }, {}],
      ...{ has_more: false, first_id: 'llama3.2:latest', last_id: 'org/bare' },
    })
  })

  it('has Ollama’s form', () => {
    expect(list('ollama.tags')).toMatchObject({
      models: [
        {
          ...{ name: 'llama3.2:latest', model: 'llama3.2:latest', size: 2_000_000_000 },
          digest: expect.stringMatching(/^[0-9a-f]{64}$/u),
          details: { parameter_size: '3.2B', quantization_level: 'Q4_K_M' },
        },
        { name: 'org/bare', size: 0 },
      ],
    })
    expect(list('ollama.ps')).toMatchObject({ models: [{ name: 'llama3.2:latest', context_length: 8192 }] })
    expect(list('ollama.version')).toEqual({ version: expect.stringMatching(/^\d+\.\d+\.\d+$/u) })
  })

  it('shows one model by its name, in the body or before it, with or without the usual tag', () => {
    const shown = {
      model_info: { 'general.architecture': 'unknown', 'unknown.context_length': 8192 },
      capabilities: ['completion', 'tools'],
      details: { parameter_size: '3.2B' },
    }
    expect(list('ollama.show', { body: { model: 'llama3.2' } })).toMatchObject(shown)
    expect(list('ollama.show', { body: { name: 'llama3.2:latest' } })).toMatchObject(shown)
    expect(list('ollama.show', { model: 'org/bare' })).toMatchObject({ capabilities: ['embedding'] })
  })

  it('is behind a door that greets as Ollama does: its own command line looks for these words', () => {
    expect(ollamaGreeting).toBe('Ollama is running')
  })

  it('does not show a model that is not there', () => {
    for (const operation of ['openai.model', 'anthropic.model', 'ollama.show'] as const) {
      expect(() => list(operation, { model: 'gpt-4o' })).toThrow(
        expect.objectContaining({ code: 'not_found', details: { model: 'gpt-4o' } }),
      )
    }
  })
})
