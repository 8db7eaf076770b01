import { describe, expect, it } from 'vitest'
import { readResponsesTask } from '../../../../../electron/agent/dialects/openai/responses-task.ts'
import { engineStream } from '../../../../fixtures/engine-streams.ts'
import { eventsIn, exchangeOf } from '../../../../support/dialects.ts'

const expectRefused = (more: object, message: RegExp) =>
  expect(() => readResponsesTask({ model: 'm', input: 'hi', ...more })).toThrow(message)

describe('a request to /v1/responses', () => {
  it('is a chat when its whole history is in it', () => {
    const task = readResponsesTask({
      model: 'm',
      instructions: 'Be short.',
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'Look:' },
            { type: 'input_image', image_url: 'https://example.org/a.png', detail: 'auto' },
          ],
        },
        { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'A tool helps.' }] },
        { type: 'message', role: 'assistant', id: 'msg_1', content: [{ type: 'output_text', text: 'I look.', annotations: [] }] },
        { type: 'function_call', id: 'fc_1', call_id: 'c1', name: 'find', arguments: '{}' },
        { type: 'function_call_output', call_id: 'c1', output: 'a cat' },
      ],
      tools: [{ type: 'function', name: 'find', description: 'Finds', parameters: { type: 'object' }, strict: true }],
      tool_choice: 'required',
      text: { format: { type: 'json_object' }, verbosity: 'low' },
      reasoning: { effort: 'high', summary: 'auto' },
      max_output_tokens: 9,
      store: false,
      include: ['reasoning.encrypted_content'],
    })
    expect(task).toMatchObject({
      messages: [
        { role: 'system', parts: [{ text: 'Be short.' }] },
        { role: 'user', parts: [{ text: 'Look:' }, { type: 'image-link', url: 'https://example.org/a.png' }] },
        {
          role: 'assistant',
          parts: [{ type: 'thinking', text: 'A tool helps.' }, { text: 'I look.' }, { type: 'tool-call', id: 'c1', arguments: '{}' }],
        },
        { role: 'tool', parts: [{ id: 'c1', name: 'find', content: [{ text: 'a cat' }] }] },
      ],
      tools: [{ name: 'find', description: 'Finds' }],
      ...{ toolChoice: 'required', format: { type: 'json' }, effort: 'high', sampling: { maxTokens: 9 } },
    })
  })

  it('that rests on what a server keeps is refused', () => {
    expectRefused({ previous_response_id: 'resp_1' }, /previous_response_id/u)
    expectRefused({ conversation: 'conv_1' }, /A conversation that the server keeps/u)
    expectRefused({ background: true }, /background/u)
    expectRefused({ input: [{ type: 'item_reference', id: 'msg_1' }] }, /“store”: false/u)
    expectRefused({ tools: [{ type: 'web_search' }] }, /A tool of the kind “web_search”/u)
  })
})

describe('an answer to /v1/responses', () => {
  const body = { model: 'fast', input: 'hi', stream: true, temperature: 0.5, tools: [{ type: 'function', name: 'find', parameters: {} }] }

  it('is streamed as its items, with numbered events', () => {
    const pipe = exchangeOf('openai.responses', body, ['ollama.chat']).createPipe()
    const text = Buffer.concat([pipe.push(engineStream('Ollama, thoughts')), pipe.end()]).toString()
    const events = eventsIn(text) as { type: string; sequence_number: number }[]
    expect(events.map(({ type }) => type)).toEqual([
      ...['response.created', 'response.in_progress'],
      ...['response.output_item.added', 'response.reasoning_summary_part.added', 'response.reasoning_summary_text.delta'],
      ...['response.reasoning_summary_text.done', 'response.reasoning_summary_part.done', 'response.output_item.done'],
      ...['response.output_item.added', 'response.content_part.added', 'response.output_text.delta', 'response.output_text.delta'],
      ...['response.output_text.done', 'response.content_part.done', 'response.output_item.done'],
      ...['response.output_item.added', 'response.function_call_arguments.delta', 'response.function_call_arguments.done'],
      ...['response.output_item.done', 'response.completed'],
    ])
    expect(events.map(({ sequence_number: number }) => number)).toEqual(events.map((_, place) => place))
    expect(
      text
        .split('\n\n')
        .filter((event) => event !== '')
        .every((event) => /^event: (\S+)\ndata: \{"type":"\1"/u.test(event)),
    ).toBe(true)
    expect(events.at(-1)).toMatchObject({
      response: {
        ...{ object: 'response', status: 'completed', model: 'fast', temperature: 0.5, tools: body.tools, store: false },
        output: [
          { type: 'reasoning', summary: [{ text: 'Hm' }] },
          { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'I look it up: ✓' }] },
          { type: 'function_call', name: 'find', arguments: '{"word":"ü"}', status: 'completed' },
        ],
        usage: { input_tokens: 9, output_tokens: 7, total_tokens: 16 },
      },
    })
  })

  it('is one response when it is not streamed, incomplete when it came to its limit', () => {
    const pipe = exchangeOf('openai.responses', { ...body, stream: false }, ['openai.chat']).createPipe()
    const whole = { choices: [{ message: { content: 'Hi' }, finish_reason: 'length' }] }
    const text = Buffer.concat([pipe.push(Buffer.from(JSON.stringify(whole))), pipe.end()]).toString()
    expect(JSON.parse(text)).toMatchObject({
      ...{ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' }, usage: { input_tokens: 0 } },
      output: [{ type: 'message', content: [{ text: 'Hi' }] }],
    })
    expect(pipe.contentType).toBe('application/json; charset=utf-8')
  })
})
