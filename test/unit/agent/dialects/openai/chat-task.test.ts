import { describe, expect, it } from 'vitest'
import { readChatTask } from '../../../../../electron/agent/dialects/openai/chat-task.ts'

const base = { model: 'm', messages: [{ role: 'user', content: 'hi' }] }
const expectRefused = (more: object, message: RegExp) => expect(() => readChatTask({ ...base, ...more })).toThrow(message)

describe('a request to /v1/chat/completions', () => {
  it('is understood as OpenAI’s client sends it', () => {
    const task = readChatTask({
      model: 'm',
      messages: [
        { role: 'developer', content: [{ type: 'text', text: 'Be short.' }] },
        {
          role: 'user',
          name: 'mia',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image_url', image_url: { url: 'data:image/PNG;base64,iVBORw0KGgo=', detail: 'low' } },
          ],
        },
        {
          role: 'assistant',
          content: null,
          refusal: null,
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'find', arguments: '{"a":1}' } }],
        },
        { role: 'tool', tool_call_id: 'c1', content: 'a cat' },
      ],
      tools: [{ type: 'function', function: { name: 'find', strict: true } }],
      tool_choice: { type: 'function', function: { name: 'find' } },
      parallel_tool_calls: false,
      response_format: { type: 'json_schema', json_schema: { name: 'cat', strict: true, schema: { type: 'object' } } },
      reasoning_effort: 'minimal',
      max_completion_tokens: 50,
      stop: 'END',
      temperature: 0,
      stream: true,
      stream_options: { include_usage: true },
      user: 'mia',
      logit_bias: { 5: 1 },
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
            { type: 'text', text: 'What is this?' },
            { type: 'image', mediaType: 'image/png', data: 'iVBORw0KGgo=' },
          ],
        },
        { role: 'assistant', parts: [{ type: 'tool-call', id: 'c1', name: 'find', arguments: '{"a":1}' }] },
        {
          role: 'tool',
          parts: [{ type: 'tool-result', id: 'c1', name: 'find', content: [{ type: 'text', text: 'a cat' }], isError: false }],
        },
      ],
      tools: [{ name: 'find', description: null, parameters: { type: 'object', properties: {} } }],
      toolChoice: { name: 'find' },
      oneToolCall: true,
      format: { type: 'schema', name: 'cat', schema: { type: 'object' } },
      effort: 'low',
      sampling: { maxTokens: 50, temperature: 0, stop: ['END'] },
    })
  })

  it('that wants what no other dialect has is refused with its name', () => {
    expectRefused({ n: 2 }, /More than one answer \(n\)/u)
    expectRefused({ modalities: ['text', 'audio'] }, /more than text/u)
    expectRefused({ functions: [] }, /old form of tools/u)
    expectRefused({ tools: [{ type: 'custom', custom: {} }] }, /A tool of the kind “custom”/u)
    expectRefused(
      { messages: [{ role: 'user', content: [{ type: 'input_audio', input_audio: {} }] }] },
      /A part of the kind “input_audio”/u,
    )
    expectRefused(
      { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'file:///etc/passwd' } }] }] },
      /A picture/u,
    )
  })

  it('that is none is refused with what is wrong', () => {
    expectRefused({ messages: [] }, /messages/u)
    expectRefused({ messages: [{ role: 'robot', content: 'x' }] }, /messages\.0\.role/u)
    expectRefused({ temperature: 'hot' }, /temperature/u)
    expectRefused({ model: 5 }, /model/u)
  })
})
