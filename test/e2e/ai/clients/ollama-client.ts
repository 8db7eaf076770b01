import assert from 'node:assert/strict'
import { Ollama } from 'ollama'
import { type Asked, called, type ClientCalls, errorOf, expectPieces, unknownModel, weather } from './client-call.ts'

const client = ({ url }: Asked) => new Ollama({ host: url })
const messages = [{ role: 'user', content: 'Who answers?' }]
const tools = [{ type: 'function', function: weather as never }]

export const ollamaCalls: ClientCalls = {
  async 'list models'(asked) {
    const { models } = await client(asked).list()
    assert.ok(models.some(({ name }) => name === asked.model))
  },
  async 'show a model'(asked) {
    const { capabilities, details } = await client(asked).show({ model: asked.model })
    assert.ok(capabilities.includes('completion'))
    assert.equal(typeof details.family, 'string')
  },
  async 'list running models'(asked) {
    assert.ok(Array.isArray((await client(asked).ps()).models))
  },
  async version(asked) {
    assert.match((await client(asked).version()).version, /^\d+\.\d+/u)
  },
  async chat(asked) {
    const answer = await client(asked).chat({ model: asked.model, messages })
    assert.equal(answer.message.content, asked.expected)
    assert.equal(answer.done_reason, 'stop')
    assert.ok(answer.eval_count > 0)
  },
  async stream(asked) {
    const pieces: string[] = []
    let isDone = false
    for await (const { message, done } of await client(asked).chat({ model: asked.model, messages, stream: true })) {
      pieces.push(message.content)
      isDone = done
    }
    expectPieces(pieces, asked.expected)
    assert.ok(isDone)
  },
  async generate(asked) {
    const { response } = await client(asked).generate({ model: asked.model, prompt: 'Who?' })
    assert.equal(response, asked.expected)
  },
  async 'generate in a stream'(asked) {
    const pieces: string[] = []
    for await (const { response } of await client(asked).generate({ model: asked.model, prompt: 'Who?', stream: true }))
      pieces.push(response ?? '')
    expectPieces(pieces, asked.expected)
  },
  async embeddings(asked) {
    const { embeddings } = await client(asked).embed({ model: asked.model, input: ['one', 'two'] })
    assert.equal(embeddings.length, 2)
    assert.ok((embeddings[0]?.length ?? 0) > 3)
  },
  async 'embeddings, the old call'(asked) {
    assert.ok((await client(asked).embeddings({ model: asked.model, prompt: 'one' })).embedding.length > 3)
  },
  async tools(asked) {
    const first = await client(asked).chat({ model: asked.model, messages, tools })
    const call = first.message.tool_calls?.[0]
    assert.equal(call?.function.name, weather.name)
    assert.deepEqual(call?.function.arguments, called)
    const more = [...messages, first.message, { role: 'tool', content: 'rain', tool_name: weather.name }]
    assert.equal((await client(asked).chat({ model: asked.model, messages: more, tools })).message.content, asked.expected)
  },
  async abort(asked) {
    const stream = await client(asked).chat({ model: asked.endless, messages, stream: true })
    let pieces = 0
    const error = await errorOf(
      (async () => {
        for await (const _ of stream) if (++pieces === 3) stream.abort()
      })(),
    )
    assert.equal(error.name, 'AbortError')
    assert.ok(pieces < 20)
  },
  async 'error for an unknown model'(asked) {
    const error = await errorOf(client(asked).chat({ model: unknownModel, messages }))
    assert.equal(error.name, 'ResponseError')
    assert.equal(error['status_code'], 404)
    assert.match(error.message, new RegExp(unknownModel, 'u'))
  },
}
