import { once } from 'node:events'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { Agent } from 'undici'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createInProcessServer } from '../../../../electron/agent/support/in-process-server.ts'
import { soon } from '../../../support/soon.ts'

const origin = 'http://in-process'

function start(serve: RequestListener) {
  const server = createInProcessServer(serve)
  const agent = new Agent({ connect: server.connect, pipelining: 1 })
  onTestFinished(async () => {
    server.close()
    await agent.destroy()
  })
  return { server, agent }
}

describe('a server inside this process', () => {
  it('answers with method, path, headers and body as sent, many at a time', async () => {
    const { agent } = start((request, response) => {
      void text(request).then((body) =>
        response.writeHead(201, { 'x-got': `${request.method} ${request.url} ${String(request.headers['x-mine'])}` }).end(body),
      )
    })
    const all = await Promise.all(
      Array.from({ length: 50 }, async (_none, number) => {
        const answer = await agent.request({
          origin,
          path: `/a?${number}`,
          method: 'POST',
          headers: { 'x-mine': 'yes' },
          body: `body ${number}`,
        })
        return [answer.statusCode, answer.headers['x-got'], await answer.body.text()]
      }),
    )
    expect(all).toEqual(all.map((_none, number) => [201, `POST /a?${number} yes`, `body ${number}`]))
  })

  it('streams, and passes large bodies both ways', async () => {
    const { agent } = start((request, response) => void request.pipe(response))
    const block = Buffer.alloc(8 * 1024 * 1024, 'a')
    const answer = await agent.request({ origin, path: '/', method: 'POST', body: block })
    expect(Buffer.from(await answer.body.arrayBuffer()).equals(block)).toBe(true)
    const streamed = start((_request, response) => {
      response.write('one')
      setImmediate(() => response.end('two'))
    })
    expect(await (await streamed.agent.request({ origin, path: '/', method: 'GET' })).body.text()).toBe('onetwo')
  })

  it('notices at once when the client leaves', async () => {
    let heard: ServerResponse | null = null
    const { agent } = start((_request, response) => void (heard = response).write('begun'))
    const answer = await agent.request({ origin, path: '/', method: 'GET' })
    const gone = once(heard as unknown as ServerResponse, 'close')
    answer.body.on('error', () => undefined).destroy()
    await soon(gone)
    expect((heard as unknown as ServerResponse).writableFinished).toBe(false)
  })

  it('breaks the connection when it destroys its answer, so that the client notices', async () => {
    const { agent } = start((_request: IncomingMessage, response) => {
      response.write('begun')
      setImmediate(() => response.destroy())
    })
    const answer = await agent.request({ origin, path: '/', method: 'GET' })
    await expect(soon(answer.body.text())).rejects.toThrow('closed')
  })

  it('ends all that is under way when it is closed, and takes nothing more', async () => {
    const { server, agent } = start((_request, response) => void response.write('begun'))
    const answer = await agent.request({ origin, path: '/', method: 'GET' })
    server.close()
    await expect(soon(answer.body.text())).rejects.toThrow('closed')
    await expect(agent.request({ origin, path: '/', method: 'GET' })).rejects.toThrow('closed')
  })

  it('sends trailers', async () => {
    const { agent } = start((_request, response) => {
      response.writeHead(200, { trailer: 'x-count' }).write('body')
      response.addTrailers({ 'x-count': '2' })
      response.end()
    })
    const { body, trailers } = await agent.request({ origin, path: '/', method: 'GET' })
    await body.text()
    expect(trailers).toEqual({ 'x-count': '2' })
  })
})
