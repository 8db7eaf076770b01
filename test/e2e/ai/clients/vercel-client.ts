import assert from 'node:assert/strict'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { APICallError, embedMany, generateText, stepCountIs, streamText, tool } from 'ai'
import { z } from 'zod'
import { type Asked, called, type ClientCalls, errorOf, expectPieces, unknownModel, weather } from './client-call.ts'

const provider = ({ url }: Asked) => createOpenAICompatible({ name: 'fcn', baseURL: `${url}/v1`, includeUsage: true })
const prompt = 'Who answers?'

export const vercelCalls: ClientCalls = {
  async chat(asked) {
    const { text, finishReason, usage } = await generateText({ model: provider(asked)(asked.model), prompt, maxRetries: 0 })
    assert.equal(text, asked.expected)
    assert.equal(finishReason, 'stop')
    assert.ok((usage.outputTokens ?? 0) > 0)
  },
  async stream(asked) {
    const { textStream, usage } = streamText({ model: provider(asked)(asked.model), prompt, maxRetries: 0 })
    const pieces: string[] = []
    for await (const piece of textStream) pieces.push(piece)
    expectPieces(pieces, asked.expected)
    assert.ok(((await usage).outputTokens ?? 0) > 0)
  },
  async embeddings(asked) {
    const model = provider(asked).embeddingModel(asked.model)
    const { embeddings } = await embedMany({ model, values: ['one', 'two'], maxRetries: 0 })
    assert.equal(embeddings.length, 2)
  },
  async tools(asked) {
    const asks: unknown[] = []
    const execute = async (input: unknown) => {
      asks.push(input)
      return 'rain'
    }
    const { text, steps } = await generateText({
      ...{ model: provider(asked)(asked.model), prompt, maxRetries: 0, stopWhen: stepCountIs(3) },
      tools: { [weather.name]: tool({ description: weather.description, inputSchema: z.object({ city: z.string() }), execute }) },
    })
    assert.deepEqual(asks, [called])
    assert.equal(steps.length, 2)
    assert.equal(text, asked.expected)
  },
  async abort(asked) {
    const gone = new AbortController()
    const { textStream } = streamText({
      model: provider(asked)(asked.endless),
      prompt,
      maxRetries: 0,
      abortSignal: gone.signal,
      onError: () => {},
    })
    let pieces = 0
    for await (const _ of textStream) if (++pieces === 3) gone.abort()
    assert.ok(pieces < 20)
  },
  async 'error for an unknown model'(asked) {
    const error = await errorOf(generateText({ model: provider(asked)(unknownModel), prompt, maxRetries: 0 }))
    assert.ok(APICallError.isInstance(error), `${error.name}: ${error.message}`)
    assert.equal(error.statusCode, 404)
    assert.match(error.message, new RegExp(unknownModel, 'u'))
  },
}
