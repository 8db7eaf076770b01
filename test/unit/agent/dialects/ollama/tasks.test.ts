import { describe, expect, it } from 'vitest'
import { forms } from '../../../../../electron/agent/dialects/forms.ts'
import { writeChatRequest } from '../../../../../electron/agent/dialects/ollama/chat-request.ts'
import { readChatTask } from '../../../../../electron/agent/dialects/ollama/chat-task.ts'
import { readGenerateTask } from '../../../../../electron/agent/dialects/ollama/generate-task.ts'
import { plainChat } from '../../../../../electron/agent/dialects/parts.ts'

describe('a request to /api/chat', () => {
  it('is understood as Ollama’s client sends it', () => {
    const task = readChatTask({
      model: 'm',
      messages: [
        { role: 'system', content: 'Be short.' },
        { role: 'user', content: 'What is this?', images: ['/9j/4AAQ'] },
        {
          role: 'assistant',
          content: '',
          thinking: 'hm',
          tool_calls: [{ function: { name: 'find', arguments: { a: 1 } } }, { function: { name: 'look', arguments: {} } }],
        },
        { role: 'tool', tool_name: 'look', content: 'a cat' },
        { role: 'tool', content: 'nothing' },
      ],
      tools: [{ type: 'function', function: { name: 'find', description: 'Finds', parameters: { type: 'object' } } }],
      format: { type: 'object' },
      think: 'high',
      keep_alive: '5m',
      options: { num_ctx: 4096, num_predict: -1, temperature: 0.1, stop: ['x'] },
    })
    expect(task).toMatchObject({
      ...{ kind: 'chat', stream: true, effort: 'high', toolChoice: 'auto', format: { type: 'schema', schema: { type: 'object' } } },
      messages: [
        { role: 'system' },
        { role: 'user', parts: [{ type: 'text' }, { type: 'image', mediaType: 'image/jpeg', data: '/9j/4AAQ' }] },
        {
          role: 'assistant',
          parts: [
            { type: 'thinking', text: 'hm' },
            { type: 'tool-call', id: 'call_0', name: 'find', arguments: '{"a":1}' },
            { type: 'tool-call', id: 'call_1', name: 'look', arguments: '{}' },
          ],
        },
        {
          role: 'tool',
          parts: [
            { id: 'call_1', name: 'look', content: [{ text: 'a cat' }] },
            { id: 'call_0', name: 'find', content: [{ text: 'nothing' }] },
          ],
        },
      ],
      sampling: { temperature: 0.1, stop: ['x'] },
    })
  })

  it('without messages only loads the model', () => {
    expect(readChatTask({ model: 'm', messages: [], keep_alive: 0 })).toEqual({ kind: 'load', model: 'm', stream: true, keepAlive: 0 })
  })
})

describe('a request to /api/generate', () => {
  it('is a chat of one message', () => {
    expect(
      readGenerateTask({ model: 'm', system: 'Be short.', prompt: 'hi', stream: false, images: ['iVBORw0KGgo'], format: 'json' }),
    ).toMatchObject({
      ...{ kind: 'chat', stream: false, format: { type: 'json' } },
      messages: [{ role: 'system' }, { role: 'user', parts: [{ text: 'hi' }, { type: 'image', mediaType: 'image/png' }] }],
    })
  })

  it('is text that is carried on when it is raw or has a gap', () => {
    expect(readGenerateTask({ model: 'm', prompt: 'def f', raw: true })).toMatchObject({
      kind: 'completion',
      prompt: 'def f',
      suffix: null,
    })
    expect(readGenerateTask({ model: 'm', prompt: 'def f', suffix: 'return' })).toMatchObject({ kind: 'completion', suffix: 'return' })
  })

  it('loads or unloads a model, and refuses what only Ollama has', () => {
    expect(readGenerateTask({ model: 'm' })).toEqual({ kind: 'load', model: 'm', stream: true, keepAlive: null })
    expect(() => readGenerateTask({ model: 'm', prompt: 'x', context: [1, 2] })).toThrow(/context/u)
    expect(() => readGenerateTask({ model: 'm', prompt: 'x', template: '{{ .Prompt }}' })).toThrow(/template/u)
  })
})

describe('what Ollama is asked', () => {
  const task = { ...plainChat('m', false), messages: [] }

  it('has no tools when none is to be called', () => {
    const tools = [{ name: 'f', description: null, parameters: {} }]
    expect(JSON.parse(writeChatRequest({ ...task, tools, toolChoice: 'none' }))).toEqual({ model: 'm', messages: [], stream: false })
    expect(() => writeChatRequest({ ...task, tools, toolChoice: { name: 'f' } })).toThrow(/tool_choice/u)
  })

  it('never has a picture by its address', () => {
    const parts = [{ type: 'image-link' as const, url: 'https://example.org/a.png' }]
    expect(() => writeChatRequest({ ...task, messages: [{ role: 'user', parts }] })).toThrow(/A picture by its address/u)
  })

  it('shows earlier calls as objects, and refuses those that are none', () => {
    const call = (text: string) => ({
      ...task,
      messages: [{ role: 'assistant' as const, parts: [{ type: 'tool-call' as const, id: 'c', name: 'f', arguments: text }] }],
    })
    expect(JSON.parse(writeChatRequest(call('')))).toMatchObject({
      messages: [{ tool_calls: [{ function: { name: 'f', arguments: {} } }] }],
    })
    expect(() => writeChatRequest(call('[1]'))).toThrow(/“f” are no JSON object/u)
  })

  it('carries text on as it is, and fills a gap by the model’s own form', () => {
    const completion = { kind: 'completion' as const, model: 'm', stream: false, prompt: 'a', suffix: null, sampling: { maxTokens: 3 } }
    const asked = (suffix: string | null): unknown => JSON.parse(forms['ollama.generate'].writeTask({ ...completion, suffix }) ?? '')
    expect(asked(null)).toEqual({ model: 'm', prompt: 'a', raw: true, stream: false, options: { num_predict: 3 } })
    expect(asked('z')).toEqual({ model: 'm', prompt: 'a', suffix: 'z', stream: false, options: { num_predict: 3 } })
  })
})
