import { describe, expect, it } from 'vitest'
import { writeMessagesRequest } from '../../../../../electron/agent/dialects/anthropic/messages-request.ts'
import { readMessagesTask } from '../../../../../electron/agent/dialects/anthropic/messages-task.ts'
import { plainChat } from '../../../../../electron/agent/dialects/parts.ts'
import { readDocument } from '../../../../support/dialects.ts'

const base = { model: 'm', max_tokens: 9, messages: [{ role: 'user', content: 'hi' }] }
const expectRefused = (more: object, message: RegExp) => expect(() => readMessagesTask({ ...base, ...more })).toThrow(message)

describe('a request to /v1/messages', () => {
  it('is understood as Anthropic’s client sends it', () => {
    const task = readMessagesTask({
      model: 'm',
      max_tokens: 1024,
      system: [{ type: 'text', text: 'Be short.', cache_control: { type: 'ephemeral' } }],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Look:' },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBO' } },
          ],
        },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'hm', signature: 'c2ln' },
            { type: 'redacted_thinking', data: 'x' },
            { type: 'text', text: 'I look.' },
            { type: 'tool_use', id: 'toolu_1', name: 'find', input: { a: 1 } },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'toolu_1', is_error: true, content: [{ type: 'text', text: 'no cat' }] },
            { type: 'text', text: 'Go on.' },
            { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'A page.' } },
          ],
        },
      ],
      tools: [{ name: 'find', description: 'Finds', input_schema: { type: 'object' }, cache_control: { type: 'ephemeral' } }],
      tool_choice: { type: 'any', disable_parallel_tool_use: true },
      thinking: { type: 'enabled', budget_tokens: 1024 },
      output_config: { format: { type: 'json_schema', schema: { type: 'object' } } },
      stop_sequences: ['END'],
      top_k: 5,
      stream: true,
      metadata: { user_id: 'mia' },
    })
    expect(task).toEqual({
      kind: 'chat',
      model: 'm',
      stream: true,
      messages: [
        { role: 'system', parts: [{ type: 'text', text: 'Be short.' }] },
        {
          role: 'user',
          parts: [
            { type: 'text', text: 'Look:' },
            { type: 'image', mediaType: 'image/png', data: 'iVBO' },
          ],
        },
        {
          role: 'assistant',
          parts: [
            { type: 'thinking', text: 'hm', signature: 'c2ln' },
            { type: 'text', text: 'I look.' },
            { type: 'tool-call', id: 'toolu_1', name: 'find', arguments: '{"a":1}' },
          ],
        },
        {
          role: 'tool',
          parts: [{ type: 'tool-result', id: 'toolu_1', name: 'find', content: [{ type: 'text', text: 'no cat' }], isError: true }],
        },
        {
          role: 'user',
          parts: [
            { type: 'text', text: 'Go on.' },
            { type: 'text', text: 'A page.' },
          ],
        },
      ],
      tools: [{ name: 'find', description: 'Finds', parameters: { type: 'object' } }],
      toolChoice: 'required',
      oneToolCall: true,
      format: { type: 'schema', name: 'answer', schema: { type: 'object' } },
      effort: 'on',
      sampling: { maxTokens: 1024, topK: 5, stop: ['END'] },
    })
  })

  it('that wants what only Anthropic’s servers do is refused', () => {
    expectRefused({ tools: [{ type: 'web_search_20250305', name: 'web_search' }] }, /“web_search_20250305”/u)
    expectRefused({ mcp_servers: [{ type: 'url' }] }, /mcp_servers/u)
    const pdf = { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'x' } }
    expectRefused({ messages: [{ role: 'user', content: [pdf] }] }, /A document that is not text/u)
    expectRefused(
      { messages: [{ role: 'user', content: [{ type: 'image', source: { type: 'file', file_id: 'f' } }] }] },
      /A picture from “file”/u,
    )
    expectRefused({ messages: [] }, /messages/u)
  })
})

describe('what an engine of Anthropic’s dialect is asked', () => {
  const chat = { ...plainChat('m', true), messages: [{ role: 'user' as const, parts: [{ type: 'text' as const, text: 'hi' }] }] }
  const asked = (more: object): unknown => JSON.parse(writeMessagesRequest({ ...chat, ...more }))

  it('has a limit of tokens, and thinking below it', () => {
    expect(asked({})).toMatchObject({ max_tokens: 8192 })
    expect(asked({ effort: 'high' })).toMatchObject({ thinking: { type: 'enabled', budget_tokens: 4096 }, max_tokens: 8192 })
    expect(asked({ effort: 'low', sampling: { maxTokens: 500 } })).not.toHaveProperty('thinking')
    expect(asked({ effort: 'none' })).toMatchObject({ thinking: { type: 'disabled' } })
  })

  it('cannot be JSON without a schema', () => {
    expect(() => asked({ format: { type: 'json' } })).toThrow(/JSON without a schema/u)
  })

  it('has system prompts in front, and one message for what one side says in a row', () => {
    const text = (said: string) => [{ type: 'text' as const, text: said }]
    const messages = [
      { role: 'user' as const, parts: text('a') },
      { role: 'system' as const, parts: text('b') },
      { role: 'user' as const, parts: text('c') },
    ]
    expect(asked({ messages })).toMatchObject({ system: text('b'), messages: [{ role: 'user', content: [...text('a'), ...text('c')] }] })
  })
})

describe('a whole answer of such an engine', () => {
  it('is read with its end, stop text and usage', () => {
    const document = {
      content: [
        { type: 'text', text: 'Hi' },
        { type: 'server_tool_use', id: 'x' },
        { type: 'tool_use', id: 't', name: 'f', input: {} },
      ],
      ...{
        stop_reason: 'stop_sequence',
        stop_sequence: 'END',
        usage: { input_tokens: 2, output_tokens: 1, cache_creation_input_tokens: 5 },
      },
    }
    expect(readDocument('anthropic.messages', document)).toEqual([
      { type: 'text', text: 'Hi' },
      { type: 'tool-call', index: 0, id: 't', name: 'f' },
      { type: 'tool-arguments', index: 0, text: '{}' },
      { type: 'end', reason: 'stop', stopText: 'END', usage: { input: 7, output: 1, cached: null }, timing: null },
    ])
  })
})
