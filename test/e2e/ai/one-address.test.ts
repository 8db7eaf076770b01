/** The asking side with real nodes: one has an engine, the programs are on the other. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AiUse, ModelView } from '../../../electron/contract/ai.ts'
import { eventually } from '../../support/eventually.ts'
import { joinedPair } from '../joined-pair.ts'
import type { NodeProcess } from '../node-process.ts'
import { valueOf } from '../routing/serving-mesh.ts'

const model = 'llama3.2:3b'
const words = ['The', ' sky', ' is', ' blue', '.']

/** An engine that speaks OpenAI's dialect and always says the same. */
function startEngine(): Server {
  return createServer((request, response) => {
    void text(request).then((body) => {
      if (request.url === '/v1/models') {
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ object: 'list', data: [{ id: model, object: 'model' }] }))
        return
      }
      if (request.url !== '/v1/chat/completions') {
        response.writeHead(404).end()
        return
      }
      const { stream } = JSON.parse(body) as { stream?: boolean }
      const usage = { prompt_tokens: 7, completion_tokens: words.length, total_tokens: 7 + words.length }
      const head = { id: 'c', created: 1, model }
      if (stream !== true) {
        const message = { role: 'assistant', content: words.join('') }
        const whole = { ...head, object: 'chat.completion', usage, choices: [{ index: 0, message, finish_reason: 'stop' }] }
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(whole))
        return
      }
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const chunk = (delta: object, end: string | null) => {
        const event = {
          ...head,
          object: 'chat.completion.chunk',
          choices: [{ index: 0, delta, finish_reason: end }],
          ...(end && { usage }),
        }
        response.write(`data: ${JSON.stringify(event)}\n\n`)
      }
      for (const word of words) chunk({ content: word }, null)
      chunk({}, 'stop')
      response.end('data: [DONE]\n\n')
    })
  }).listen(0, '127.0.0.1')
}

describe('models at one address', () => {
  let engine: Server
  let attic: NodeProcess
  let mia: NodeProcess

  beforeAll(async () => {
    engine = startEngine()
    await once(engine, 'listening')
    const pair = await joinedPair({ approver: 'attic', joiner: 'mia' })
    attic = pair.approver
    mia = pair.joiner
    await valueOf(attic, 'ai.engine.add', { url: `http://127.0.0.1:${(engine.address() as AddressInfo).port}` })
    await valueOf(attic, 'capability.set', { name: 'ai', enabled: true })
    await eventually('mia knows the model', async () => {
      const models = (await mia.fcn('models', '--json')).json as ModelView[]
      return models.find(
        ({ name, places }) => name === model && places.some(({ node, whyNot }) => node.name === 'attic' && whyNot === null),
      )
    })
  })
  afterAll(async () => {
    await Promise.all([attic?.stop(), mia?.stop()])
    engine.closeAllConnections()
    engine.close()
  })

  const ask = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(mia.url + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
  const messages = [{ role: 'user', content: 'Which colour?' }]

  it('are listed in each dialect', async () => {
    expect(await (await fetch(`${mia.url}/v1/models`)).json()).toMatchObject({ data: [{ id: model }] })
    expect(await (await fetch(`${mia.url}/api/tags`)).json()).toMatchObject({ models: [{ name: model }] })
  })

  it('answer a chat in the dialect of the program, by the node that has the engine', async () => {
    const openAi = await ask('/v1/chat/completions', { model, messages })
    expect(openAi.headers.get('x-fcn-path')).toBe('direct')
    expect(await openAi.json()).toMatchObject({ choices: [{ message: { content: words.join('') }, finish_reason: 'stop' }] })
    const ollama = await ask('/api/chat', { model, messages, stream: false })
    expect(await ollama.json()).toMatchObject({ message: { content: words.join('') }, done: true, eval_count: words.length })
    const anthropic = await ask('/v1/messages', { model, messages, max_tokens: 50 }, { 'anthropic-version': '2023-06-01' })
    expect(await anthropic.json()).toMatchObject({
      type: 'message',
      content: [{ type: 'text', text: words.join('') }],
      stop_reason: 'end_turn',
    })
  })

  it('are found by a name of the user’s own', async () => {
    expect((await mia.fcn('ai', 'alias', 'fast', 'gone', model)).code).toBe(0)
    const answer = await ask('/api/generate', { model: 'fast', prompt: 'Which colour?', stream: false })
    expect(await answer.json()).toMatchObject({ response: words.join('') })
  })

  it('can be tried, which says where it ran', async () => {
    const { stdout, stderr } = await mia.fcn('ai', 'ask', 'fast', 'Which', 'colour?')
    expect(stdout.trim()).toBe(words.join(''))
    expect(stderr).toContain(`${model} on attic`)
  })

  it('are counted on both sides, and nothing of what was said is kept', async () => {
    for (const [node, direction] of [
      [mia, 'asked'],
      [attic, 'served'],
    ] as const) {
      const use = await eventually('it is counted', async () => {
        const all = (await node.fcn('ai', 'usage', '--json')).json as AiUse[]
        return all.find((one) => one.direction === direction && one.tokensOut >= 3 * words.length)
      }) // prettier-ignore
      expect(use.tokensIn).toBeGreaterThan(0)
      expect(`${node.log()}${(await node.fcn('audit', '--json')).stdout}`).not.toContain('colour?')
    }
  })

  it('that nobody has, and bodies that make no sense, are refused in the dialect', async () => {
    const missing = await ask('/v1/chat/completions', { model: 'nothing', messages })
    expect(missing.status).toBe(404)
    expect(await missing.json()).toMatchObject({ error: { message: expect.stringContaining('nothing') as string } })
    expect(await (await ask('/api/chat', { messages })).json()).toMatchObject({ error: expect.any(String) as string })
  })

  it('need the key here too when that is wanted', async () => {
    await mia.fcn('ai', 'key', 'on')
    expect((await fetch(`${mia.url}/v1/models`)).status).toBe(401)
    const { key } = (await mia.fcn('key', '--json')).json as { key: string }
    expect((await fetch(`${mia.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } })).status).toBe(200)
    expect((await mia.fcn('ai', 'ask', model, 'still')).code).toBe(0)
    await mia.fcn('ai', 'key', 'off')
  })

  it('say why not when their owner stops sharing', async () => {
    await valueOf(attic, 'capability.set', { name: 'ai', enabled: false })
    const refused = await eventually('mia knows', async () => {
      const answer = await ask('/api/chat', { model, messages, stream: false })
      return answer.status >= 400 ? answer : null
    })
    expect(await refused.json()).toEqual({ error: expect.any(String) as string })
  })
})
