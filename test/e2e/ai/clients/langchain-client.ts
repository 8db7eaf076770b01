import assert from 'node:assert/strict'
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai'
import { createAgent, tool } from 'langchain'
import { z } from 'zod'
import { type Asked, called, type ClientCalls, errorOf, expectPieces, unknownModel, weather } from './client-call.ts'

const model = ({ url }: Asked, name: string) =>
  new ChatOpenAI({ model: name, apiKey: 'none', maxRetries: 0, configuration: { baseURL: `${url}/v1` } })
const question = 'Who answers?'

export const langchainCalls: ClientCalls = {
  async chat(asked) {
    const { content, usage_metadata: usage } = await model(asked, asked.model).invoke(question)
    assert.equal(content, asked.expected)
    assert.ok((usage?.output_tokens ?? 0) > 0)
  },
  async stream(asked) {
    const pieces: string[] = []
    for await (const { text } of await model(asked, asked.model).stream(question)) pieces.push(text)
    expectPieces(pieces, asked.expected)
  },
  async embeddings(asked) {
    const embeddings = new OpenAIEmbeddings({
      model: asked.model,
      apiKey: 'none',
      maxRetries: 0,
      configuration: { baseURL: `${asked.url}/v1` },
    })
    assert.equal((await embeddings.embedDocuments(['one', 'two'])).length, 2)
  },
  async 'an agent with a tool'(asked) {
    const asks: unknown[] = []
    const rain = tool(
      (input) => {
        asks.push(input)
        return 'rain'
      },
      { name: weather.name, description: weather.description, schema: z.object({ city: z.string() }) },
    )
    const agent = createAgent({ model: model(asked, asked.model), tools: [rain] })
    const { messages } = await agent.invoke({ messages: [{ role: 'user', content: question }] })
    assert.deepEqual(asks, [called])
    assert.equal(messages.at(-1)?.content, asked.expected)
  },
  async abort(asked) {
    const gone = new AbortController()
    let pieces = 0
    const error = await errorOf(
      (async () => {
        for await (const _ of await model(asked, asked.endless).stream(question, { signal: gone.signal })) if (++pieces === 3) gone.abort()
      })(),
    )
    assert.match(`${error.name} ${error.message}`, /abort/iu)
  },
  async 'error for an unknown model'(asked) {
    const error = await errorOf(model(asked, unknownModel).invoke(question))
    assert.equal(error['status'], 404)
  },
}
