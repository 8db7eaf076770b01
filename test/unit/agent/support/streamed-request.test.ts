import { once } from 'node:events'
import { createServer as createNetServer, type AddressInfo, type Socket } from 'node:net'
import type { RequestListener } from 'node:http'
import { Readable } from 'node:stream'
import { Agent, buildConnector } from 'undici'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type AnswerHandler, dispatchTo, type Flow, type StreamedRequest } from '../../../../electron/agent/support/answer-handler.ts'
import { dispatchWithTrailers } from '../../../../electron/agent/support/trailer-request.ts'
import { startBackend } from '../../../fakes/backend.ts'
import { soon } from '../../../support/soon.ts'

type Send = (origin: string, request: StreamedRequest, handler: AnswerHandler) => void

const byUndici = (): Send => {
  const agent = new Agent({ bodyTimeout: 200 })
  onTestFinished(() => agent.destroy())
  return (origin, request, handler) => dispatchTo(agent, request, handler, origin)
}
const byNode = (): Send => {
  const connect = buildConnector({ timeout: 1_000, allowH2: false })
  return (origin, request, handler) => dispatchWithTrailers({ connect, origin: new URL(origin), bodyTimeout: 200 }, request, handler)
}

const body = () => Readable.from([Buffer.from('hel'), Buffer.from('lo')])

/** Everything the handler hears, in order, until the last word; and nothing after it. */
async function ask(send: Send, origin: string, request: Partial<StreamedRequest> = {}, on: Partial<AnswerHandler> = {}) {
  const heard: unknown[] = []
  const whole = { method: 'POST', path: '/', headers: ['x-mine', 'yes'], body, trailers: () => ({ 'x-sum': '42' }), headersTimeout: 5_000 }
  await soon(
    new Promise<void>((resolve) => {
      send(origin, { ...whole, ...request }, {
        started(flow) {
          heard.push('started')
          on.started?.(flow)
        },
        head(status, headers) {
          heard.push(status, headers['x-of'])
          on.head?.(status, headers)
        },
        data(chunk) {
          heard.push(chunk.toString())
          on.data?.(chunk)
        },
        ended(trailers) {
          heard.push('ended', { ...trailers })
          resolve()
        },
        failed(error, sent) {
          heard.push('code' in error ? error.code : error.message, { sent })
          resolve()
        },
      }) // prettier-ignore
    }),
  )
  await new Promise((resolve) => setImmediate(resolve))
  return heard
}

async function backend(listener: RequestListener): Promise<string> {
  const { url, stop } = await startBackend(listener)
  onTestFinished(stop)
  return url
}

/** Answers every connection with these bytes. */
async function rawBackend(said: string, then: (socket: Socket) => void = () => undefined): Promise<string> {
  const server = createNetServer((socket) => {
    socket.on('error', () => undefined).once('data', () => socket.write(said, () => then(socket)))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe.each([
  ['undici', byUndici],
  ['the slow way', byNode],
])('a streamed request by %s', (_name, ways) => {
  it('tells the head, the body and the trailers of the answer, and leaves interim ones out', async () => {
    const origin = await backend((request, response) => {
      response.writeProcessing()
      request.resume().once('end', () => {
        response.writeHead(201, ['x-of', 'one', 'x-of', 'two', 'trailer', 'x-done'])
        response.write('answer')
        response.addTrailers({ 'x-done': 'yes' })
        response.end()
      })
    })
    expect(await ask(ways(), origin)).toEqual(['started', 201, ['one', 'two'], 'answer', 'ended', { 'x-done': 'yes' }])
  })

  it('is known not to have left when nothing listens there', async () => {
    const { url, stop } = await startBackend(() => undefined)
    await stop()
    expect(await ask(ways(), url)).toEqual(['ECONNREFUSED', { sent: false }])
  })

  it('fails when the connection breaks, before the head and in the middle', async () => {
    const before = await backend((request) => request.socket.destroy())
    expect(await ask(ways(), before)).toEqual(['started', expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/u), { sent: true }])
    const middle = await rawBackend('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf', (socket) => socket.destroySoon())
    const [last, sent] = [expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/u), { sent: true }]
    expect(await ask(ways(), middle)).toEqual(['started', 200, undefined, 'half', last, sent])
  })

  it('ends with the connection when the answer says no length', async () => {
    const origin = await rawBackend('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nall', (socket) => socket.end())
    expect(await ask(ways(), origin)).toEqual(['started', 200, undefined, 'all', 'ended', {}])
  })

  it.each([
    ['both lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n3\r\nall\r\n0\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nall!'],
    ['a switch nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'],
    ['interim answers without end', 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(40)],
  ])('refuses an answer with %s', async (_what, said) => {
    const heard = await ask(ways(), await rawBackend(said))
    expect(heard.at(-1)).toEqual({ sent: true })
    expect(heard).not.toContain('ended')
  })

  it('fails for the reason it was aborted for, at once', async () => {
    const gone = new Error('The caller has gone.')
    const origin = await backend(() => undefined)
    expect(await ask(ways(), origin, {}, { started: (flow) => flow.abort(gone) })).toEqual(['started', gone.message, { sent: true }])
    let flow: Flow | null = null
    const late = await backend((_request, response) => void response.write('first'))
    const given = { started: (one: Flow) => void (flow = one), data: () => flow?.abort(gone) }
    expect(await ask(ways(), late, {}, given)).toEqual(['started', 200, undefined, 'first', gone.message, { sent: true }])
  })

  it('waits for the head no longer than allowed', async () => {
    const origin = await backend((request) => void request.resume())
    const heard = await ask(ways(), origin, { headersTimeout: 50 })
    expect(heard).toEqual(['started', 'UND_ERR_HEADERS_TIMEOUT', { sent: true }])
  })

  it('gives the body back, unfinished, when the answer comes first', async () => {
    const origin = await backend((_request, response) => void response.writeHead(413).end())
    const endless = new Readable({ read: () => undefined })
    endless.push('some')
    expect(await ask(ways(), origin, { body: () => endless })).toEqual(['started', 413, undefined, 'ended', {}])
    await expect.poll(() => endless.destroyed).toBe(true)
  })

  it('fails when its body breaks', async () => {
    const origin = await backend((request) => void request.resume())
    const broken = () => Readable.from((async function* () { yield Buffer.from('x'); throw new Error('The caller has broken off.') })()) // prettier-ignore
    expect(await ask(ways(), origin, { body: broken })).toEqual(['started', 'The caller has broken off.', { sent: true }])
  })

  it('is refused before it leaves a byte when it is no HTTP', async () => {
    const heard = await ask(ways(), await backend(() => undefined), { headers: ['x-bad', 'a\r\nb'] })
    expect(heard.filter((one) => one !== 'started')[0]).toBe('UND_ERR_INVALID_ARG')
  })

  it('holds the sender back while the answer is paused', async () => {
    let written = 0
    const origin = await backend((request, response) => {
      request.resume()
      const pump = () => { do written += 65_536; while (written < 256 * 1024 * 1024 && response.write(Buffer.alloc(65_536))) } // prettier-ignore
      response.on('drain', pump).on('error', () => undefined)
      pump()
    })
    const { promise: paused, resolve } = Promise.withResolvers<Flow>()
    const given = {
      started(flow: Flow) {
        this.data = () => {
          flow.pause()
          resolve(flow)
        }
      },
      data: () => undefined as void,
    }
    const heard = ask(ways(), origin, {}, given)
    const flow = await soon(paused)
    let last = -1
    await expect.poll(() => { const still = last === written; last = written; return still }, { interval: 100 }).toBe(true) // prettier-ignore
    expect(written).toBeLessThan(64 * 1024 * 1024)
    flow.abort(new Error('enough'))
    expect((await heard).at(-2)).toBe('enough')
  })
})

describe('the slow way', () => {
  it('sends what follows the body, as it is when the body has ended', async () => {
    const heard: unknown[] = []
    const origin = await backend((request, response) => {
      request.resume().once('end', () => {
        heard.push(request.headers['transfer-encoding'], request.headers.host, request.rawTrailers)
        response.end()
      })
    })
    const late: Record<string, string[]> = {}
    const slow = () => Readable.from((async function* () { yield Buffer.from('x'); late['x-sum'] = ['1', '2'] })()) // prettier-ignore
    await ask(byNode(), origin, { headers: ['trailer', 'x-sum'], body: slow, trailers: () => late })
    expect(heard).toEqual(['chunked', new URL(origin).host, ['x-sum', '1', 'x-sum', '2']])
  })
})
