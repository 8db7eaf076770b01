import { describe, expect, it } from 'vitest'
import { outlineOf } from '../../../../electron/agent/dialects/outline.ts'
import { workCall } from '../../../support/dialects.ts'

const outline = (operation: Parameters<typeof workCall>[0], body: unknown) => outlineOf(workCall(operation), body)
const user = (content: unknown) => ({ role: 'user', content })

describe('the outline of a request', () => {
  it('names the model, and refuses a body that does not', () => {
    expect(outline('openai.chat', { model: 'a/b:7b', messages: [] }).model).toBe('a/b:7b')
    expect(outlineOf({ kind: 'list', dialect: 'ollama', operation: 'ollama.show', model: null }, { name: 'older' }).model).toBe('older')
    for (const body of [undefined, null, [], 'x', {}, { model: 5 }, { model: '' }, { model: 'x'.repeat(1000) }]) {
      expect(() => outline('openai.chat', body), JSON.stringify(body)).toThrow(expect.objectContaining({ code: 'invalid_input' }))
    }
  })

  it('says what the model is for', () => {
    expect(outline('openai.embed', { model: 'm' }).use).toBe('embedding')
    expect(outline('openai.completion', { model: 'm' }).use).toBe('completion')
    expect(outline('ollama.generate', { model: 'm', prompt: 'x' }).use).toBe('chat')
    expect(outline('ollama.generate', { model: 'm', prompt: 'x', raw: true }).use).toBe('completion')
  })

  it.each([
    ['openai.chat', { messages: [user([{ type: 'image_url', image_url: { url: 'data:' } }])] }],
    ['openai.responses', { input: [user([{ type: 'input_image', image_url: 'data:' }])] }],
    ['ollama.chat', { messages: [{ ...user('x'), images: ['iVBOR'] }] }],
    ['ollama.generate', { prompt: 'x', images: ['iVBOR'] }],
    ['anthropic.messages', { messages: [user([{ type: 'image', source: {} }])] }],
    ['anthropic.messages', { messages: [user([{ type: 'tool_result', content: [{ type: 'image', source: {} }] }])] }],
  ] as const)('sees pictures in %s', (operation, body) => {
    expect(outline(operation, { model: 'm', ...body }).hasImages).toBe(true)
    expect(outline(operation, { model: 'm', messages: [user('a picture of image_url')] }).hasImages).toBe(false)
  })

  it('sees tools', () => {
    expect(outline('openai.chat', { model: 'm', tools: [{}] }).hasTools).toBe(true)
    expect(outline('openai.chat', { model: 'm', tools: [] }).hasTools).toBe(false)
  })

  it('has an opening that stays the same while a conversation goes on, and tells it from others', () => {
    const begin = [{ role: 'system', content: 'Be kind. '.repeat(2000) }, user('Where is Ulm?')]
    const later = [...begin, { role: 'assistant', content: 'In the south.' }, user('And Köln?')]
    const opening = outline('openai.chat', { model: 'm', messages: begin }).opening
    expect(opening.length).toBeLessThanOrEqual(4096)
    expect(outline('openai.chat', { model: 'm', messages: later }).opening).toBe(opening)
    expect(outline('openai.chat', { model: 'm', messages: [begin[0], user('Hello')] }).opening).not.toBe(opening)
    const parts = user([{ type: 'text', text: 'Where is Ulm?' }])
    const anthropic = { model: 'm', system: [{ type: 'text', text: 'Be kind.' }], messages: [parts] }
    expect(outline('anthropic.messages', anthropic).opening).toBe('Be kind.\nWhere is Ulm?')
    expect(outline('openai.embed', { model: 'm', input: ['x'] }).opening).toBe('')
  })
})
