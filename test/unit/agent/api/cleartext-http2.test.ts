import { once } from 'node:events'
import { connect as connectHttp2, type ClientHttp2Session, type IncomingHttpHeaders } from 'node:http2'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { RequestHook } from '../../../../electron/agent/api/request-hooks.ts'
import type { Identity } from '../../../../electron/agent/components.ts'
import { createTestIdentity } from '../../../fakes/test-identity.ts'
import { startTestServer } from '../../../fakes/test-server.ts'
import { soon } from '../../../support/soon.ts'

let identity: Identity
beforeAll(async () => void (identity = await createTestIdentity()))

const sides = { plain: () => undefined, peer: () => undefined }
/** Answers with what it got, as the forwarder would see it. */
const echo: RequestHook = {
  prefixes: ['/echo/'],
  request(request, response, caller) {
    const { method, url, httpVersion, rawHeaders } = request
    text(request).then(
      (body) => {
        response.writeHead(200, ['set-cookie', 'a=1', 'set-cookie', 'b=2'])
        response.write(JSON.stringify({ method, url, httpVersion, rawHeaders, host: request.headers.host, caller, body }))
        response.addTrailers({ 'x-sum': '42' })
        response.end()
      },
      (error: Error) => response.destroy(error),
    )
  },
}

async function start() {
  const { port, server } = await startTestServer(identity, sides)
  server.onRequest('plain', echo)
  return port
}

function open(port: number, socket?: Socket): ClientHttp2Session {
  const session = connectHttp2(`http://127.0.0.1:${port}`, socket === undefined ? {} : { createConnection: () => socket })
  onTestFinished(() => session.destroy())
  return session
}

async function ask(session: ClientHttp2Session, path: string, body?: string) {
  const stream = session.request({ ':path': path, ':method': body === undefined ? 'GET' : 'POST', 'x-mine': 'yes' })
  stream.end(body)
  let trailers: IncomingHttpHeaders = {}
  stream.on('trailers', (given: IncomingHttpHeaders) => (trailers = given))
  const [headers] = (await soon(once(stream, 'response'))) as [IncomingHttpHeaders]
  return { headers, text: await text(stream), trailers }
}

describe('HTTP/2 with prior knowledge', () => {
  it('reaches the hooks as HTTP/1.1 does: host, headers, body, cookies, trailers', async () => {
    const port = await start()
    const answer = await ask(open(port), '/echo/x?y', 'hello')
    expect(JSON.parse(answer.text)).toEqual({
      ...{ method: 'POST', url: '/echo/x?y', httpVersion: '2.0', body: 'hello', host: `127.0.0.1:${port}` },
      rawHeaders: ['x-mine', 'yes', 'host', `127.0.0.1:${port}`],
      caller: { kind: 'plain', address: '127.0.0.1', loopback: true },
    })
    expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2'])
    expect(answer.trailers).toMatchObject({ 'x-sum': '42' })
  })

  it('carries many requests at once over one connection', async () => {
    const session = open(await start())
    const answers = await Promise.all(Array.from({ length: 50 }, (_, count) => ask(session, `/echo/${count}`)))
    expect(answers.map((answer) => (JSON.parse(answer.text) as { url: string }).url)).toEqual(answers.map((_, count) => `/echo/${count}`))
  })

  it('is known though it begins in pieces', async () => {
    const port = await start()
    const socket = connect(port, '127.0.0.1').setNoDelay(true)
    const write = socket.write.bind(socket)
    await once(socket, 'connect')
    write('P')
    await new Promise((resolve) => setImmediate(resolve))
    write('R')
    const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'
    write(`${preface.slice(2)}\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000`)
    const [bytes] = (await soon(once(socket, 'data'))) as [Buffer]
    expect(bytes[3]).toBe(4) // its settings
    socket.destroy()
  })

  it('is told that everything else is HTTP/1.1', async () => {
    const answer = await ask(open(await start()), '/api/health')
    expect(answer.headers[':status']).toBe(404)
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'not_found', action: expect.stringContaining('HTTP/1.1') })
  })

  it('breaks nothing when it is broken', async () => {
    const port = await start()
    const socket = connect(port, '127.0.0.1').on('error', () => undefined)
    socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
    socket.write(Buffer.alloc(200, 0xff))
    await soon(once(socket.resume(), 'close'))
    expect((await ask(open(port), '/echo/x')).headers[':status']).toBe(200)
  })
})
