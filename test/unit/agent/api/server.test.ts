import { once } from 'node:events'
import { createServer, connect as connectPlain, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { Agent, request } from 'undici'
import type { FastifyInstance } from 'fastify'
import type { ServerLimits } from '../../../../electron/agent/api/limits.ts'
import type { Identity } from '../../../../electron/agent/components.ts'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { createTestIdentity } from '../../../fakes/test-identity.ts'
import { createTestServer, startTestServer } from '../../../fakes/test-server.ts'
import { untilClosed } from '../../../support/until-closed.ts'

let ours: Identity
let theirs: Identity
beforeAll(async () => {
  ours = await createTestIdentity()
  theirs = await createTestIdentity()
})
const routes = (side: string) => (app: FastifyInstance) => {
  app.get('/who', (request) => ({ side, caller: request.caller }))
  app.post('/echo', (request) => request.body)
  app.get('/never', () => new Promise(() => undefined))
}

const sides = { plain: routes('plain'), peer: routes('peer') }

const start = (limits: Partial<ServerLimits> = {}, more: { port?: number; host?: string } = {}) =>
  startTestServer(ours, { ...sides, limits, ...more })

async function ask(url: string, identity?: Identity): Promise<{ side: string; caller: unknown }> {
  const dispatcher = new Agent({ connect: { rejectUnauthorized: false, ...identity?.tls } })
  onTestFinished(() => dispatcher.destroy())
  return (await (await request(url, { dispatcher })).body.json()) as { side: string; caller: unknown }
}

describe('one port, two protocols', () => {
  it('serves plain HTTP and TLS on the same port, and knows who calls', async () => {
    const { port } = await start()
    expect(await ask(`http://127.0.0.1:${port}/who`)).toEqual({
      side: 'plain',
      caller: { kind: 'plain', address: '127.0.0.1', loopback: true },
    })
    expect(await ask(`https://127.0.0.1:${port}/who`, theirs)).toEqual({
      side: 'peer',
      caller: { kind: 'node', id: theirs.id, publicKey: theirs.publicKey, address: '127.0.0.1' },
    })
    expect(await ask(`https://127.0.0.1:${port}/who`)).toEqual({ side: 'peer', caller: { kind: 'anonymous', address: '127.0.0.1' } })
  })

  it('takes nobody’s word for a key by a resumed session', async () => {
    const { port } = await start()
    const ask = (socket: TLSSocket) => {
      socket.write('GET /who HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
      return untilClosed(socket)
    }
    const first = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false, ...theirs.tls })
    let session: Buffer | undefined
    first.on('session', (ticket: Buffer) => (session = ticket))
    expect(await ask(first)).toContain(theirs.id)
    const resumed = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false, session })
    expect(await ask(resumed)).toContain('"anonymous"')
  })

  it('refuses anything older than TLS 1.3', async () => {
    const { port } = await start()
    const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false, maxVersion: 'TLSv1.2' })
    await expect(once(socket, 'secureConnect')).rejects.toThrow(/protocol version/iu)
  })

  it('answers garbage with 400 and closes', async () => {
    const { port } = await start()
    const socket = connectPlain(port, '127.0.0.1')
    socket.write('\u0000\u0001garbage\r\n\r\n')
    const text = await untilClosed(socket)
    expect(text).toMatch(/^HTTP\/1\.1 400 /u)
    expect(text).toContain('"code":"invalid_input"')
  })

  it('closes a connection that begins like TLS and is not', async () => {
    const { port } = await start()
    const socket = connectPlain(port, '127.0.0.1')
    socket.write(Buffer.from([0x16, 0x03, 0x01, 0xff, 0xff, 1, 2, 3, ...Buffer.alloc(70_000)]))
    expect(await untilClosed(socket)).not.toContain('HTTP')
  })

  it('answers headers that are too large with 431', async () => {
    const { port } = await start()
    const socket = connectPlain(port, '127.0.0.1')
    socket.write(`GET /who HTTP/1.1\r\nHost: x\r\nX-Big: ${'a'.repeat(40_000)}\r\n\r\n`)
    const text = await untilClosed(socket)
    expect(text).toMatch(/^HTTP\/1\.1 431 /u)
    expect(text).toContain('"code":"too_large"')
  })
})

describe('slow clients', () => {
  const hasty = { firstByte: 50, headers: 100, body: 100, handshake: 100, checkEvery: 20 }

  it('closes a connection that never sends its first byte', async () => {
    const { port } = await start(hasty)
    expect(await untilClosed(connectPlain(port, '127.0.0.1'))).toBe('')
  })

  it('ends plain headers that do not come with 408', async () => {
    const { port } = await start(hasty)
    const socket = connectPlain(port, '127.0.0.1')
    socket.write('GET /who HTTP/1.1\r\nHost: x\r\n')
    expect(await untilClosed(socket)).toMatch(/^HTTP\/1\.1 408 .*"code":"timeout"/su)
  })

  it('ends headers that do not come over TLS', async () => {
    const { port } = await start(hasty)
    const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false, ...theirs.tls })
    await once(socket, 'secureConnect')
    socket.write('GET /who HTTP/1.1\r\nHost: x\r\n')
    expect(await untilClosed(socket)).toMatch(/^HTTP\/1\.1 408 /u)
  })

  it('ends a TLS handshake that stops in the middle', async () => {
    const { port } = await start(hasty)
    const socket = connectPlain(port, '127.0.0.1')
    socket.write(Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00]))
    expect(await untilClosed(socket)).toBe('')
  })

  it('lets a TLS handshake go at once when its client has gone', async () => {
    const { port } = await start({ handshake: 60_000 })
    const socket = connectPlain(port, '127.0.0.1')
    socket.write(Buffer.from([0x16, 3, 1, 2, 0, 1, 0]))
    socket.end()
    expect(await untilClosed(socket)).toBe('')
  })

  it('ends a JSON body that never ends', async () => {
    const { port } = await start(hasty)
    const socket = connectPlain(port, '127.0.0.1')
    socket.write('POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a":')
    expect(await untilClosed(socket)).toContain('The body did not arrive within 0.1 seconds.')
  })

  it('keeps the owner’s connections apart from those of strangers and bounds them', async () => {
    const { port } = await start({ connectionsFromLoopback: 2 })
    const [first, second, third] = [1, 2, 3].map(() => connectPlain(port, '127.0.0.1')) as [Socket, Socket, Socket]
    await untilClosed(third)
    expect([first.destroyed, second.destroyed]).toEqual([false, false])
    first.destroy()
    second.destroy()
  })
})

describe('bad input', () => {
  it.each([
    ['malformed JSON', '{"a":', 400, 'invalid_input'],
    ['an empty body', '', 400, 'invalid_input'],
    ['a __proto__ key', '{"__proto__":{"admin":true}}', 400, 'invalid_input'],
    ['a constructor.prototype key', '{"constructor":{"prototype":{"admin":true}}}', 400, 'invalid_input'],
    ['a body over the limit', JSON.stringify('x'.repeat(1_100_000)), 413, 'too_large'],
  ])('refuses %s', async (_name, body, status, code) => {
    const { port } = await start()
    const answer = await request(`http://127.0.0.1:${port}/echo`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    expect(answer.statusCode).toBe(status)
    expect(await answer.body.json()).toMatchObject({ code })
  })

  it.each([
    ['an unknown path', '/nothing?secret=1', 404, 'There is no GET /nothing here.'],
    ['an address that cannot be decoded', '/%E0%A4%A', 400, 'The address of the request is not valid.'],
  ])('answers %s with a Failure', async (_name, path, status, message) => {
    const { port } = await start()
    const answer = await request(`http://127.0.0.1:${port}${path}`)
    expect(answer.statusCode).toBe(status)
    expect(await answer.body.json()).toMatchObject({ message })
  })
})

describe('upgrades', () => {
  const upgrade = 'GET /socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'

  it('refuses an upgrade nobody wants with an answer', async () => {
    const { port } = await start()
    const socket = connectPlain(port, '127.0.0.1')
    socket.write(upgrade)
    expect(await untilClosed(socket)).toMatch(/^HTTP\/1\.1 404 .*"code":"not_found"/su)
  })

  it('hands an upgrade of either protocol to the hook that takes it, with its caller', async () => {
    const { server, port } = await start()
    server.onUpgrade(() => false)
    server.onUpgrade((_request, socket, _head, caller) => {
      socket.end(`HTTP/1.1 101 Switching Protocols\r\n\r\n${caller.kind}`)
      return true
    })
    const plain = connectPlain(port, '127.0.0.1')
    plain.write(upgrade)
    expect(await untilClosed(plain)).toMatch(/101 .*plain$/su)
    const secure = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false, ...theirs.tls })
    secure.write(upgrade)
    expect(await untilClosed(secure)).toMatch(/101 .*node$/su)
  })

  it('answers 500 when a hook fails', async () => {
    const { server, port } = await start()
    server.onUpgrade(() => {
      throw new Error('bug')
    })
    const socket = connectPlain(port, '127.0.0.1')
    socket.write(upgrade)
    const text = await untilClosed(socket)
    expect(text).toMatch(/^HTTP\/1\.1 500 /u)
    expect(text).not.toContain('bug')
  })

  it('answers a request that merely offers h2c', async () => {
    const { port } = await start()
    const socket = connectPlain(port, '127.0.0.1')
    socket.write(
      'GET /who HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n\r\n',
    )
    expect(await untilClosed(socket)).toMatch(/^HTTP\/1\.1 200 /u)
  })
})

describe('ports', () => {
  it('names the chosen port when it is taken, with exit code 69', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    onTestFinished(() => void other.close())
    const { port } = other.address() as { port: number }
    const failure = await start({}, { port }).catch((error: unknown) => error as FcnError)
    expect(failure).toBeInstanceOf(FcnError)
    expect(failure).toMatchObject({ code: 'port_in_use', exitCode: 69, message: `Port ${port} is taken by another program.` })
  })

  it('says which address this computer does not have', async () => {
    await expect(start({}, { host: '192.0.2.1' })).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('listens on loopback too when another address is chosen', async () => {
    const { port } = await start({}, { host: '127.0.0.2' })
    expect((await ask(`http://127.0.0.1:${port}/who`)).side).toBe('plain')
    expect((await ask(`http://127.0.0.2:${port}/who`)).side).toBe('plain')
  })
})

describe('stopping', () => {
  it('ends every connection in time: silent, idle, busy, half-closed, TLS and upgraded', async () => {
    const { server, port } = await start({ closing: 100 })
    server.onUpgrade((_request, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n')
      return true
    })
    const head = 'Host: x\r\n\r\n'
    const silent = connectPlain(port, '127.0.0.1')
    const busy = connectPlain(port, '127.0.0.1')
    busy.write(`GET /never HTTP/1.1\r\n${head}`)
    const halfClosed = connectPlain({ port, host: '127.0.0.1', allowHalfOpen: true })
    halfClosed.end('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    const idle = connectPlain(port, '127.0.0.1')
    idle.write(`GET /who HTTP/1.1\r\n${head}`)
    const secure = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false, ...theirs.tls })
    secure.write(`GET /never HTTP/1.1\r\n${head}`)
    const upgraded = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false, ...theirs.tls })
    upgraded.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    await Promise.all([once(idle, 'data'), once(upgraded, 'data')])

    const begun = performance.now()
    const closed = [silent, busy, halfClosed, idle, secure, upgraded].map(untilClosed)
    await Promise.all([server.stop(), server.stop()])
    await Promise.all(closed)
    expect(performance.now() - begun).toBeLessThan(2000)
    expect(server.listener()).toBeNull()
    await server.stop()
  })

  it('can start again after a stop, with the same hooks', async () => {
    const { server } = await start()
    await server.stop()
    await server.start()
    await server.start()
    expect((await ask(`http://127.0.0.1:${server.listener()?.port}/who`)).side).toBe('plain')
  })

  it('does nothing when it was never started', async () => {
    const { server } = createTestServer(ours, sides)
    await server.stop()
    expect(server.listener()).toBeNull()
  })
})

describe('a node that is no member any more', () => {
  it('loses all its connections at once, upgraded ones too, and nobody else does', async () => {
    const { server, port } = await start()
    server.onUpgrade((_request, socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n'))
    const third = await createTestIdentity()
    const open = (identity: Identity) => connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false, ...identity.tls })
    const [busy, upgraded, other] = [open(theirs), open(theirs), open(third)]
    for (const socket of [busy, other]) socket.write('GET /never HTTP/1.1\r\nHost: x\r\n\r\n')
    upgraded.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    await Promise.all([once(upgraded, 'data'), once(busy, 'secureConnect'), once(other, 'secureConnect')])
    const closed = [busy, upgraded].map(untilClosed)
    server.disconnect(theirs.id)
    await Promise.all(closed)
    expect(other.destroyed).toBe(false)
    other.destroy()
    server.disconnect(theirs.id)
    expect((await ask(`https://127.0.0.1:${port}/who`, theirs)).caller).toMatchObject({ id: theirs.id })
  })
})

describe('who calls', () => {
  it('is not believed of a resumed session', async () => {
    const { port } = await start()
    const options = { port, host: '127.0.0.1', rejectUnauthorized: false, ...theirs.tls }
    const first = connectTls(options)
    const [session] = (await once(first, 'session')) as [Buffer]
    first.destroy()
    const second = connectTls({ ...options, session })
    await once(second, 'secureConnect')
    expect(second.isSessionReused()).toBe(true)
    second.write('GET /who HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    expect(await untilClosed(second)).toContain('"kind":"anonymous"')
  })
})

describe('an address that names a host of its own', () => {
  it.each(['http://127.0.0.1/who', 'https://evil.example/who', 'evil.example:80', '*'])('is refused: %s', async (target) => {
    const { port } = await start()
    const socket = connectPlain(port, '127.0.0.1')
    socket.write(`${target === '*' ? 'OPTIONS' : 'GET'} ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`)
    expect(await untilClosed(socket)).toMatch(/^HTTP\/1\.1 400 .*"code":"invalid_input"/su)
  })
})
