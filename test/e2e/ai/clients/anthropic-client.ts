import assert from 'node:assert/strict'
import Anthropic from '@anthropic-ai/sdk'
import { type Asked, called, type ClientCalls, errorOf, expectPieces, unknownModel, weather } from './client-call.ts'

const client = ({ url }: Asked) => new Anthropic({ baseURL: url, apiKey: 'none', maxRetries: 0 })
const question = [{ role: 'user' as const, content: 'Who answers?' }]
const tools = [{ name: weather.name, description: weather.description, input_schema: { ...weather.parameters, type: 'object' as const } }]
const textOf = ({ content }: Anthropic.Message) => content.map((block) => (block.type === 'text' ? block.text : '')).join('')

export const anthropicCalls: ClientCalls = {
  async chat(asked) {
    const message = await client(asked).messages.create({ model: asked.model, max_tokens: 100, messages: question })
    assert.equal(textOf(message), asked.expected)
    assert.equal(message.stop_reason, 'end_turn')
    assert.ok(message.usage.output_tokens > 0)
  },
  async 'chat with a system prompt'(asked) {
    const message = await client(asked).messages.create({ model: asked.model, max_tokens: 100, system: 'Be short.', messages: question })
    assert.equal(textOf(message), asked.expected)
  },
  async stream(asked) {
    const pieces: string[] = []
    const stream = client(asked).messages.stream({ model: asked.model, max_tokens: 100, messages: question })
    stream.on('text', (text) => void pieces.push(text))
    const message = await stream.finalMessage()
    expectPieces(pieces, asked.expected)
    assert.equal(message.stop_reason, 'end_turn')
  },
  async 'at most so many tokens'(asked) {
    const message = await client(asked).messages.create({ model: asked.model, max_tokens: 3, messages: question })
    assert.equal(message.stop_reason, 'max_tokens')
  },
  async tools(asked) {
    const first = await client(asked).messages.create({ model: asked.model, max_tokens: 100, messages: question, tools })
    const call = first.content.find((block) => block.type === 'tool_use')
    assert.equal(first.stop_reason, 'tool_use')
    assert.equal(call?.name, weather.name)
    assert.deepEqual(call?.input, called)
    const result = { role: 'user' as const, content: [{ type: 'tool_result' as const, tool_use_id: call?.id ?? '', content: 'rain' }] }
    const messages = [...question, { role: 'assistant' as const, content: first.content }, result]
    const second = await client(asked).messages.create({ model: asked.model, max_tokens: 100, messages, tools })
    assert.equal(textOf(second), asked.expected)
  },
  async 'tools in a stream'(asked) {
    const stream = client(asked).messages.stream({ model: asked.model, max_tokens: 100, messages: question, tools })
    const call = (await stream.finalMessage()).content.find((block) => block.type === 'tool_use')
    assert.deepEqual(call?.input, called)
  },
  async abort(asked) {
    const stream = client(asked).messages.stream({ model: asked.endless, max_tokens: 10_000, messages: question })
    let pieces = 0
    stream.on('text', () => {
      if (++pieces === 3) stream.abort()
    })
    const error = await errorOf(stream.finalMessage())
    assert.ok(error instanceof Anthropic.APIUserAbortError, `${error.name}: ${error.message}`)
  },
  async 'error for an unknown model'(asked) {
    const error = await errorOf(client(asked).messages.create({ model: unknownModel, max_tokens: 10, messages: question }))
    assert.ok(error instanceof Anthropic.NotFoundError, `${error.name}: ${error.message}`)
    assert.match(error.message, new RegExp(unknownModel, 'u'))
  },
}
