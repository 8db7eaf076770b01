import { describe, expect, it } from 'vitest'
import { maxToolCalls } from '../../../../../electron/agent/dialects/limits.ts'
import { readStream } from '../../../../support/dialects.ts'

const stream = (...deltas: object[]) => {
  const chunks = deltas.map((delta) => ({ choices: [{ index: 0, delta, finish_reason: null }] }))
  const text = [...chunks, { choices: [{ delta: {}, finish_reason: 'stop' }] }]
    .map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`)
    .join('')
  return readStream('openai.chat', [Buffer.from(text)])
}

describe('tool calls of engines', () => {
  it('that are all number 0 are told apart by their ids', () => {
    const events = stream(
      { tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }] },
      { tool_calls: [{ index: 0, id: 'b', function: { name: 'g', arguments: '{}' } }] },
    )
    expect(events.filter(({ type }) => type === 'tool-call')).toMatchObject([
      { index: 0, id: 'a', name: 'f' },
      { index: 1, id: 'b', name: 'g' },
    ])
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'tools' })
  })

  it('without numbers and ids get some', () => {
    expect(
      stream({ tool_calls: [{ function: { name: 'f', arguments: '{"a"' } }] }, { tool_calls: [{ function: { arguments: ':1}' } }] }),
    ).toMatchObject([
      { type: 'tool-call', index: 0, id: 'call_id1', name: 'f' },
      { type: 'tool-arguments', index: 0, text: '{"a"' },
      { type: 'tool-arguments', index: 0, text: ':1}' },
      { type: 'end' },
    ])
  })

  it('repeat their ids in later pieces without becoming new calls', () => {
    const events = stream(
      { tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{' } }] },
      { tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '}' } }] },
    )
    expect(events.filter(({ type }) => type === 'tool-call')).toHaveLength(1)
  })

  it('without end are an error', () => {
    const calls = Array.from({ length: maxToolCalls + 1 }, (_, index) => ({
      tool_calls: [{ index, id: `c${index}`, function: { name: 'f' } }],
    }))
    expect(stream(...calls).at(-1)).toMatchObject({ type: 'error', error: { code: 'bad_answer' } })
  })
})

describe('thoughts of engines', () => {
  it('have two names', () => {
    expect(stream({ reasoning: 'hm' }, { reasoning_content: 'so' })).toMatchObject([
      { type: 'thinking', text: 'hm' },
      { type: 'thinking', text: 'so' },
      { type: 'end' },
    ])
  })
})
