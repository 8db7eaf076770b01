import { describe, expect, it } from 'vitest'
import type { ModelEvent } from '../../../../../electron/agent/dialects/events.ts'
import { forms } from '../../../../../electron/agent/dialects/forms.ts'
import { eventsIn, testContext } from '../../../../support/dialects.ts'

const usage = { input: 3, output: 2, cached: null }
const events: ModelEvent[] = [
  { type: 'thinking', text: 'hm' },
  { type: 'text', text: 'Hi' },
  { type: 'tool-call', index: 0, id: 'c1', name: 'find' },
  { type: 'tool-arguments', index: 0, text: '{}' },
  { type: 'end', reason: 'tools', stopText: null, usage, timing: null },
]
const written = (operation: 'openai.chat' | 'openai.completion', body: { stream: boolean }, said = events) => {
  const writer = forms[operation].createWriter({ body, model: 'fast', stream: body.stream }, testContext())
  return said.map((event) => writer.push(event)).join('')
}
const created = Date.UTC(2026, 0, 2, 3, 4, 5) / 1000

describe('an answer for OpenAI’s client', () => {
  it('is streamed in chunks that begin with the role and end with [DONE]', () => {
    const head = { id: 'chatcmpl-id1', object: 'chat.completion.chunk', created, model: 'fast' }
    const chunk = (delta: object, finish: string | null = null) => ({
      ...head,
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    })
    expect(eventsIn(written('openai.chat', { stream: true }))).toEqual([
      chunk({ role: 'assistant', content: '' }),
      chunk({ reasoning_content: 'hm' }),
      chunk({ content: 'Hi' }),
      chunk({ tool_calls: [{ index: 0, id: 'c1', type: 'function', function: { name: 'find', arguments: '' } }] }),
      chunk({ tool_calls: [{ index: 0, function: { arguments: '{}' } }] }),
      chunk({}, 'tool_calls'),
      '[DONE]',
    ])
  })

  it('has the usage in a last event without choices, when that was asked for', () => {
    const chunks = eventsIn(written('openai.chat', { stream: true, stream_options: { include_usage: true } } as { stream: boolean }))
    expect(chunks[0]).toMatchObject({ usage: null })
    expect(chunks.at(-2)).toMatchObject({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } })
  })

  it('is one completion when it is not streamed', () => {
    expect(JSON.parse(written('openai.chat', { stream: false }))).toEqual({
      ...{ id: 'chatcmpl-id1', object: 'chat.completion', created, model: 'fast' },
      choices: [
        {
          index: 0,
          message: {
            ...{ role: 'assistant', content: 'Hi', refusal: null, reasoning_content: 'hm' },
            tool_calls: [{ id: 'c1', type: 'function', function: { name: 'find', arguments: '{}' } }],
          },
          logprobs: null,
          finish_reason: 'tool_calls',
        },
      ],
      usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
    })
  })

  it('of carried-on text has it in `text`', () => {
    const said: ModelEvent[] = [
      { type: 'text', text: 'upon' },
      { type: 'end', reason: 'length', stopText: null, usage, timing: null },
    ]
    expect(JSON.parse(written('openai.completion', { stream: false }, said))).toMatchObject({
      ...{ id: 'cmpl-id1', object: 'text_completion' },
      choices: [{ index: 0, text: 'upon', logprobs: null, finish_reason: 'length' }],
    })
    expect(eventsIn(written('openai.completion', { stream: true }, said))).toMatchObject([
      { choices: [{ text: 'upon', finish_reason: null }] },
      { choices: [{ text: '', finish_reason: 'length' }] },
      '[DONE]',
    ])
  })
})
