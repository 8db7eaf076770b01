import { describe, expect, it } from 'vitest'
import type { Message } from '../../../electron/agent/dialects/task.ts'
import { functionsOf, historyOf } from '../../../electron/engine/chat-history.ts'

const said = (text: string) => [{ type: 'text' as const, text }]
const weather = { name: 'weather', description: 'The weather', parameters: { type: 'object' } }
const time = { name: 'time', description: null, parameters: { type: 'object' } }

describe('a conversation for llama.cpp', () => {
  it('has the results of tools in the answers that called them', () => {
    const messages: Message[] = [
      { role: 'system', parts: said('Be short.') },
      { role: 'user', parts: said('Rain?') },
      {
        role: 'assistant',
        parts: [
          { type: 'thinking', text: 'hm', signature: '' },
          { type: 'tool-call', id: 'c1', name: 'weather', arguments: '{"city":"Lyon"}' },
        ],
      },
      { role: 'tool', parts: [{ type: 'tool-result', id: 'c1', name: 'weather', content: said('rain'), isError: false }] },
      { role: 'assistant', parts: said('Yes.') },
    ]
    expect(historyOf(messages)).toEqual([
      { type: 'system', text: 'Be short.' },
      { type: 'user', text: 'Rain?' },
      {
        type: 'model',
        response: [
          { type: 'segment', segmentType: 'thought', text: 'hm', ended: true },
          { type: 'functionCall', name: 'weather', params: { city: 'Lyon' }, result: 'rain' },
          'Yes.',
        ],
      },
    ])
  })

  it('refuses pictures, and results of calls that were never made', () => {
    const picture = { type: 'image' as const, mediaType: 'image/png', data: '' }
    expect(() => historyOf([{ role: 'user', parts: [picture] }])).toThrow('pictures')
    const result = { type: 'tool-result' as const, id: 'c9', name: null, content: said('rain'), isError: false }
    expect(() => historyOf([{ role: 'tool', parts: [result] }])).toThrow('c9')
  })

  it('offers the tools that may be called, and no others', () => {
    const tools = [weather, time]
    expect(Object.keys(functionsOf({ tools, toolChoice: 'auto' }) ?? {})).toEqual(['weather', 'time'])
    expect(Object.keys(functionsOf({ tools, toolChoice: { name: 'time' } }) ?? {})).toEqual(['time'])
    expect(functionsOf({ tools, toolChoice: 'none' })).toBeNull()
    expect(functionsOf({ tools: [], toolChoice: 'auto' })).toBeNull()
  })
})
