import { once } from 'node:events'
import { connect as connectPlain } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { FastifyInstance } from 'fastify'
import { Agent, request } from 'undici'
import { beforeAll, describe, expect, it } from 'vitest'
import type { RequestHook } from '../../../../electron/agent/api/request-hooks.ts'
import type { ServerLimits } from '../../../../electron/agent/api/limits.ts'
import type { Identity } from '../../../../electron/agent/components.ts'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { createTestIdentity } from '../../../fakes/test-identity.ts'
import { startTestServer } from '../../../fakes/test-server.ts'
import { untilClosed } from '../../../support/until-closed.ts'

let ours: Identity
let theirs: Identity
beforeAll(async () => {
  ours = await createTestIdentity()
  theirs = await createTestIdentity()
})
const routes = (app: FastifyInstance) => void app.post('/echo', (request) => request.body)

const start = (limits: Partial<ServerLimits> = {}) => startTestServer(ours, { plain: routes, peer: routes, limits })

const hook: RequestHook = {
  prefixes: ['/services/'],
  request(request, response) {
    if (request.url?.endsWith('/bug') === true) throw new Error('bug')
    response.end()
  },
}

describe('what the edge refuses', () => {
  const hasty = { firstByte: 50, headers: 100, handshake: 100, checkEvery: 20 }
  const head = Buffer.from([0x16, 3, 1, 2, 0, 1, 0])
  const upgrade = 'GET /socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'

  it.each([
    ['garbage', 'garbage\r\n\r\n', 'invalid_input'],
    [
      'two lengths of one body',
      'POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      'invalid_input',
    ],
    ['headers that are too large', `GET /who HTTP/1.1\r\nHost: x\r\nX-Big: ${'a'.repeat(40_000)}\r\n\r\n`, 'too_large'],
    ['late headers', 'GET /who HTTP/1.1\r\nHost: x\r\n', 'timeout'],
    ['a late handshake', head, 'timeout'],
    ['a handshake that is none', Buffer.concat([head, Buffer.alloc(600)]), 'invalid_input'],
  ])('is counted: %s', async (_what, bytes, code) => {
    const { port, refusals } = await start(hasty)
    const socket = connectPlain(port, '127.0.0.1')
    socket.write(bytes)
    await untilClosed(socket)
    expect(refusals.lines).toMatchObject([{ action: 'connection.refused', actor: '127.0.0.1', details: { code } }])
  })

  it('is counted: old TLS', async () => {
    const { port, refusals } = await start()
    await once(connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false, maxVersion: 'TLSv1.2' }), 'error')
    expect(refusals.lines).toMatchObject([{ action: 'connection.refused', actor: '127.0.0.1', details: { code: 'invalid_input' } }])
  })

  it('is counted: one connection too many', async () => {
    const { port, refusals } = await start({ connectionsFromLoopback: 1 })
    const first = connectPlain(port, '127.0.0.1')
    await once(first, 'connect')
    await untilClosed(connectPlain(port, '127.0.0.1'))
    expect(refusals.lines).toMatchObject([{ action: 'connection.refused', details: { code: 'too_many' } }])
    first.destroy()
  })

  it('is counted: an upgrade that a hook forbids, and a request', async () => {
    const { server, port, refusals } = await start()
    server.onUpgrade(() => {
      throw new FcnError('forbidden', 'Not you.')
    })
    const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false, ...theirs.tls })
    socket.write(upgrade)
    await untilClosed(socket)
    await request(`http://127.0.0.1:${port}/echo`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' })
    expect(refusals.lines).toMatchObject([
      { action: 'request.refused', actorId: theirs.id, details: { code: 'forbidden' } },
      { action: 'request.refused', actorId: null, details: { code: 'invalid_input' } },
    ])
  })

  it('is not counted: a browser of this machine that connects in advance, and a client that hangs up', async () => {
    const { port, refusals } = await start(hasty)
    await untilClosed(connectPlain(port, '127.0.0.1'))
    const socket = connectPlain(port, '127.0.0.1')
    socket.write(head)
    socket.end()
    await untilClosed(socket)
    expect(refusals.lines).toEqual([])
  })
})

describe('what comes in the middle of a body that cannot be one', () => {
  it('cuts the connection, and puts no second answer into one that has begun', async () => {
    const { server, port } = await start()
    server.onRequest('plain', {
      ...hook,
      request(request, response) {
        request.resume()
        response.writeHead(200, { 'content-length': 1_000 }).write('begun')
      },
    })
    const socket = connectPlain(port, '127.0.0.1')
    socket.write('POST /services/any/any/x/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n')
    socket.once('data', () => socket.write('no chunk\r\n'))
    expect(await untilClosed(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\n(?!.*HTTP).*begun$/su)
  })
})

describe('what is refused before the router sees it', () => {
  const raw = (port: number, bytes: string) => {
    const socket = connectPlain(port, '127.0.0.1')
    socket.write(bytes)
    return untilClosed(socket)
  }
  const hooked = async (limits: Partial<ServerLimits> = {}) => {
    const { server, port } = await start(limits)
    server.onRequest('plain', hook)
    server.onRequest('peer', hook)
    return port
  }

  it('is told like its own refusals: whose answer it is, that no program has seen it, and its id', async () => {
    const port = await hooked()
    const twoHosts = 'Host: x\r\nHost: y\r\nX-Request-Id: mine\r\n\r\n'
    for (const said of [
      await raw(port, `GET /services/any/any/x/ HTTP/1.1\r\n${twoHosts}`),
      await raw(port, `GET /services/any/any/x/ HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${twoHosts}`),
    ]) {
      expect(said).toMatch(/^HTTP\/1\.1 400 .*"code":"invalid_input"/su)
      expect(said).toMatch(/^x-fcn-error: invalid_input\r$.*^x-fcn-executed: no\r$.*^x-request-id: mine\r$/msu)
    }
  })

  it('is told so to a stranger that asks too often', async () => {
    const port = await hooked({ strangerBurst: 1, strangerPerSecond: 0.01 })
    const agent = new Agent({ connect: { rejectUnauthorized: false, ...theirs.tls } })
    const ask = () => request(`https://127.0.0.1:${port}/services/any/x/`, { dispatcher: agent })
    expect((await ask()).statusCode).toBe(200)
    const { statusCode, headers } = await ask()
    expect([statusCode, headers['x-fcn-error'], headers['x-fcn-executed']]).toEqual([429, 'too_many', 'no'])
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    await agent.destroy()
  })

  it('is not told so when the router itself failed: a program may have seen it', async () => {
    const { statusCode, headers } = await request(`http://127.0.0.1:${await hooked()}/services/any/any/x/bug`)
    expect([statusCode, headers['x-fcn-error'], headers['x-fcn-executed']]).toEqual([500, 'internal', undefined])
  })
})
