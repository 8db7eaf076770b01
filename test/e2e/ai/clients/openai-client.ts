import assert from 'node:assert/strict'
import OpenAI from 'openai'
import { type Asked, called, type ClientCalls, errorOf, expectPieces, unknownModel, weather } from './client-call.ts'

const client = ({ url }: Asked) => new OpenAI({ baseURL: `${url}/v1`, apiKey: 'none', maxRetries: 0 })
const question = [{ role: 'user' as const, content: 'Who answers?' }]
const tools = [{ type: 'function' as const, function: weather }]

export const openAiCalls: ClientCalls = {
  async 'list models'(asked) {
    const ids: string[] = []
    for await (const { id } of client(asked).models.list()) ids.push(id)
    assert.ok(ids.includes(asked.model))
  },
  async chat(asked) {
    const { choices, usage, object } = await client(asked).chat.completions.create({ model: asked.model, messages: question })
    assert.equal(object, 'chat.completion')
    assert.equal(choices[0]?.message.content, asked.expected)
    assert.equal(choices[0]?.finish_reason, 'stop')
    assert.ok((usage?.completion_tokens ?? 0) > 0)
  },
  async stream(asked) {
    const stream = await client(asked).chat.completions.create({
      ...{ model: asked.model, messages: question, stream: true, stream_options: { include_usage: true } },
    })
    const pieces: string[] = []
    let reason: string | null = null
    let written = 0
    for await (const { choices, usage } of stream) {
      pieces.push(choices[0]?.delta.content ?? '')
      reason = choices[0]?.finish_reason ?? reason
      written = usage?.completion_tokens ?? written
    }
    expectPieces(pieces, asked.expected)
    assert.equal(reason, 'stop')
    assert.ok(written > 0, 'no usage at the end of the stream')
  },
  async 'at most so many tokens'(asked) {
    const { choices } = await client(asked).chat.completions.create({ model: asked.model, messages: question, max_tokens: 3 })
    assert.equal(choices[0]?.finish_reason, 'length')
  },
  async embeddings(asked) {
    const { data } = await client(asked).embeddings.create({ model: asked.model, input: ['one', 'two'] })
    assert.equal(data.length, 2)
    assert.ok((data[0]?.embedding.length ?? 0) > 3 && data[0]?.embedding.every((number) => Number.isFinite(number)))
  },
  async tools(asked) {
    const first = await client(asked).chat.completions.create({ model: asked.model, messages: question, tools })
    const message = first.choices[0]?.message
    const call = message?.tool_calls?.[0]
    assert.equal(first.choices[0]?.finish_reason, 'tool_calls')
    assert.ok(call?.type === 'function' && message !== undefined)
    assert.equal(call.function.name, weather.name)
    assert.deepEqual(JSON.parse(call.function.arguments), called)
    const messages = [...question, message, { role: 'tool' as const, tool_call_id: call.id, content: 'rain' }]
    const second = await client(asked).chat.completions.create({ model: asked.model, messages, tools })
    assert.equal(second.choices[0]?.message.content, asked.expected)
  },
  async 'tools in a stream'(asked) {
    const run = client(asked).chat.completions.stream({ model: asked.model, messages: question, tools })
    const call = (await run.finalChatCompletion()).choices[0]?.message.tool_calls?.[0]
    assert.ok(call?.type === 'function')
    assert.deepEqual(JSON.parse(call.function.arguments), called)
  },
  async completion(asked) {
    const { choices } = await client(asked).completions.create({ model: asked.model, prompt: 'Who', max_tokens: 50 })
    assert.equal(choices[0]?.text, asked.expected)
  },
  async abort(asked) {
    const gone = new AbortController()
    const stream = await client(asked).chat.completions.create(
      { model: asked.endless, messages: question, stream: true },
      { signal: gone.signal },
    )
    let pieces = 0
    for await (const _ of stream) if (++pieces === 3) gone.abort()
    assert.ok(pieces < 20)
  },
  async 'error for an unknown model'(asked) {
    const error = await errorOf(client(asked).chat.completions.create({ model: unknownModel, messages: question }))
    assert.ok(error instanceof OpenAI.NotFoundError, `${error.name}: ${error.message}`)
    assert.match(error.message, new RegExp(unknownModel, 'u'))
  },
  async 'error for a wrong request'(asked) {
    const error = await errorOf(client(asked).chat.completions.create({ model: asked.model, messages: 'none' as never }))
    assert.ok(error instanceof OpenAI.BadRequestError, `${error.name}: ${error.message}`)
  },
}
