import { describe, expect, it } from 'vitest'
import { type ModelEvent, unknownUsage } from '../../../../../electron/agent/dialects/events.ts'
import { createOllamaWriter } from '../../../../../electron/agent/dialects/ollama/writer.ts'
import { linesIn, testContext } from '../../../../support/dialects.ts'

const end: ModelEvent = { type: 'end', reason: 'length', stopText: null, usage: { input: 3, output: 2, cached: null }, timing: null }
const written = (operation: 'ollama.chat' | 'ollama.generate', stream: boolean, events: readonly ModelEvent[]) => {
  const writer = createOllamaWriter({ operation, model: 'fast', stream }, testContext())
  return events.map((event) => writer.push(event)).join('')
}

describe('an answer for Ollama’s client', () => {
  it('is streamed in lines, the last of which has the counts and times', () => {
    expect(linesIn(written('ollama.chat', true, [{ type: 'thinking', text: 'hm' }, { type: 'text', text: 'Hi' }, end]))).toMatchObject([
      {
        model: 'fast',
        created_at: expect.stringMatching(/^2026-01-02T03:04:\d\d\.000Z$/u),
        message: { role: 'assistant', content: '', thinking: 'hm' },
        done: false,
      },
      { message: { role: 'assistant', content: 'Hi' }, done: false },
      {
        ...{ message: { role: 'assistant', content: '' }, done: true, done_reason: 'length', prompt_eval_count: 3, eval_count: 2 },
        ...{ total_duration: expect.any(Number), prompt_eval_duration: 1e9, eval_duration: expect.any(Number) },
      },
    ])
  })

  it('has what is generated in `response`', () => {
    expect(linesIn(written('ollama.generate', true, [{ type: 'text', text: 'Hi' }, end]))).toMatchObject([
      { response: 'Hi', done: false },
      { response: '', done: true },
    ])
    expect(JSON.parse(written('ollama.generate', false, [{ type: 'text', text: 'Hi' }, { type: 'text', text: '!' }, end]))).toMatchObject({
      response: 'Hi!',
      done: true,
    })
  })

  it('has tool calls whole, as soon as they are', () => {
    const writer = createOllamaWriter({ operation: 'ollama.chat', model: 'm', stream: true }, testContext())
    expect(writer.push({ type: 'tool-call', index: 0, id: 'a', name: 'f' })).toBe('')
    expect(writer.push({ type: 'tool-arguments', index: 0, text: '{"x":' })).toBe('')
    expect(writer.push({ type: 'tool-arguments', index: 0, text: '1}' })).toBe('')
    expect(linesIn(writer.push({ type: 'tool-call', index: 1, id: 'b', name: 'g' }))).toMatchObject([
      { message: { tool_calls: [{ id: 'a', function: { index: 0, name: 'f', arguments: { x: 1 } } }] } },
    ])
    expect(linesIn(writer.push(end))).toMatchObject([
      { message: { tool_calls: [{ id: 'b', function: { index: 1, arguments: {} } }] } },
      { done: true },
    ])
  })

  it('says nothing of what nobody counted', () => {
    const [last] = linesIn(written('ollama.chat', true, [{ ...end, usage: unknownUsage }]))
    expect(last).not.toHaveProperty('eval_count')
    expect(last).not.toHaveProperty('prompt_eval_count')
  })

  it('has the engine’s own times where it tells them', () => {
    const timing = { load: 5, prompt: 30, generation: 90 }
    expect(linesIn(written('ollama.chat', true, [{ ...end, timing }])).at(-1)).toMatchObject({
      ...{ load_duration: 5e6, prompt_eval_duration: 30e6, eval_duration: 90e6 },
    })
  })
})
