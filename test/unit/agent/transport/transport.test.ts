import { createHash, randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:net'
import type { AddressInfo } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { FastifyInstance } from 'fastify'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Identity } from '../../../../electron/agent/components.ts'
import { systemClock } from '../../../../electron/agent/support/clock.ts'
import { systemRandom } from '../../../../electron/agent/support/random.ts'
import { addressBookSchema, createAddressBook } from '../../../../electron/agent/transport/address-book.ts'
import type { RelayDial } from '../../../../electron/agent/transport/dial.ts'
import { createTransport } from '../../../../electron/agent/transport/transport.ts'
import { noRelay } from '../../../fakes/no-relay.ts'
import { createTestIdentity } from '../../../fakes/test-identity.ts'
import { createTlsNode } from '../../../fakes/tls-node.ts'

const [ours, theirs, strangers] = await Promise.all([createTestIdentity(), createTestIdentity(), createTestIdentity()])
const signal = () => AbortSignal.timeout(5_000)

async function transportOf(identity: Identity, relayDial: RelayDial = noRelay) {
  const database = new DatabaseSync(':memory:')
  database.exec(addressBookSchema)
  const transport = createTransport({
    identity,
    addressBook: createAddressBook({ database, clock: systemClock }),
    clock: systemClock,
    random: systemRandom,
    relayDial,
  })
  await transport.start()
  onTestFinished(() => transport.stop())
  return transport
}

async function peer(identity: Identity, routes: (app: FastifyInstance) => void = () => undefined) {
  const node = await createTlsNode(identity, (app) => {
    app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))
    app.get('/who', async (request) => request.caller)
    app.post('/echo', { bodyLimit: 2 ** 30 }, async (request) => request.body)
    routes(app)
  })
  onTestFinished(node.close)
  return node
}

/** An address that takes connections and never says a word, and one where nothing listens. */
async function silentUrl(): Promise<string> {
  const server: Server = createServer((socket) => socket.on('error', () => socket.destroy()))
  const sockets = new Set<{ destroy(): unknown }>()
  server.on('connection', (socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`
}
async function closedUrl(): Promise<string> {
  const node = await createTlsNode(theirs, () => undefined)
  await node.close()
  return node.url
}

describe('transport', () => {
  it('shows its own key and reaches the node with the expected one', async () => {
    const [transport, node] = [await transportOf(ours), await peer(theirs)]
    const contacts: boolean[] = []
    transport.contact.subscribe(({ ok }) => contacts.push(ok))
    transport.learn(theirs.id, [node.url], 'joined')
    const { status, body } = await transport.request(theirs.id, { method: 'GET', path: '/who', signal: signal() })
    expect(status).toBe(200)
    expect(JSON.parse((await buffer(body)).toString())).toMatchObject({ kind: 'node', id: ours.id, publicKey: ours.publicKey })
    expect(contacts).toEqual([true])
    expect(transport.path(theirs.id)).toEqual({ url: node.url, latencyMs: null })
    expect(transport.addresses(theirs.id)).toMatchObject([{ url: node.url, foundVia: 'joined', lastError: null }])
    expect(transport.addresses(theirs.id)[0]?.lastOk).toBeGreaterThan(0)
  })

  it('sends nothing to a node with another key', async () => {
    const [transport, node] = [await transportOf(ours), await peer(strangers)]
    let asked = 0
    node.app.server.on('request', () => asked++)
    transport.learn(theirs.id, [node.url], 'record')
    await expect(transport.request(theirs.id, { method: 'GET', path: '/who', signal: signal() })).rejects.toMatchObject({
      code: 'key_mismatch',
    })
    expect(asked).toBe(0)
    expect(transport.addresses(theirs.id)[0]?.lastError?.code).toBe('key_mismatch')
  })

  it('tries the next address, and remembers which one worked', async () => {
    const [transport, node, stranger] = [await transportOf(ours), await peer(theirs), await peer(strangers)]
    transport.learn(theirs.id, [await closedUrl(), stranger.url, node.url], 'record')
    const ask = () =>
      transport.request(theirs.id, {
        method: 'POST',
        path: '/echo',
        body: Readable.from([Buffer.from('whole')]),
        headers,
        signal: signal(),
      })
    const headers = { 'content-type': 'application/octet-stream' }
    expect((await buffer((await ask()).body)).toString()).toBe('whole')
    const failures: string[] = []
    transport.contact.subscribe(({ ok, url }) => void (ok || failures.push(url)))
    expect((await buffer((await ask()).body)).toString()).toBe('whole')
    expect(failures).toEqual([])
  })

  it('says of every address why it did not work', async () => {
    const [transport, stranger, closed] = [await transportOf(ours), await peer(strangers), await closedUrl()]
    transport.learn(theirs.id, [closed, stranger.url], 'record')
    await expect(transport.request(theirs.id, { method: 'GET', path: '/who', signal: signal() })).rejects.toMatchObject({
      code: 'unreachable',
      details: {
        addresses: [
          { url: closed, code: 'unreachable' },
          { url: stranger.url, code: 'key_mismatch' },
        ],
      },
    })
    await expect(transport.request(strangers.id, { method: 'GET', path: '/who', signal: signal() })).rejects.toMatchObject({
      code: 'unreachable',
    })
  })

  it('streams large bodies both ways unchanged', async () => {
    const [transport, node] = [await transportOf(ours), await peer(theirs)]
    transport.learn(theirs.id, [node.url], 'joined')
    const block = randomBytes(64 * 1024)
    const sent = createHash('sha256')
    const blocks = function* () {
      for (let i = 0; i < 128; i++) {
        sent.update(block)
        yield block
      }
    }
    const headers = { 'content-type': 'application/octet-stream' }
    const answer = await transport.request(theirs.id, {
      method: 'POST',
      path: '/echo',
      headers,
      body: Readable.from(blocks()),
      signal: signal(),
    })
    const received = createHash('sha256')
    for await (const chunk of answer.body) received.update(chunk as Buffer)
    expect(received.digest('hex')).toBe(sent.digest('hex'))
  })

  it('does not send a request again of which a part was taken', async () => {
    const transport = await transportOf(ours)
    let first = 0
    const breaking = await peer(theirs, (app) => {
      app.post('/once', async (request) => {
        first++
        request.raw.socket.destroy()
        return ''
      })
    })
    let second = 0
    const whole = await peer(theirs, (app) => app.post('/once', async () => String(second++)))
    transport.learn(theirs.id, [breaking.url, whole.url], 'record')
    const headers = { 'content-type': 'application/octet-stream' }
    const body = Readable.from([Buffer.from('a'), Buffer.from('b')])
    await expect(transport.request(theirs.id, { method: 'POST', path: '/once', headers, body, signal: signal() })).rejects.toMatchObject({
      code: 'unreachable',
    })
    expect([first, second]).toEqual([1, 0])
    expect(body.destroyed).toBe(true)
  })

  it('gives up on a silent address within its limit, or when the caller does', async () => {
    const transport = await transportOf(ours)
    transport.learn(theirs.id, [await silentUrl()], 'record')
    const begun = Date.now()
    const request = transport.request(theirs.id, { method: 'GET', path: '/who', signal: AbortSignal.timeout(200) })
    await expect(request).rejects.toMatchObject({ code: 'timeout' })
    expect(Date.now() - begun).toBeLessThan(1_500)
    expect(transport.addresses(theirs.id)[0]?.lastError?.code).toBe('timeout')
    const late = await peer(strangers, (app) => app.get('/late', () => new Promise(() => undefined)))
    transport.learn(strangers.id, [late.url], 'record')
    await expect(
      transport.request(strangers.id, { method: 'GET', path: '/late', signal: signal(), headersTimeout: 50 }),
    ).rejects.toMatchObject({ code: 'timeout' })
  })

  it('smooths the times of round trips, and forgets them with the path', async () => {
    const [transport, node] = [await transportOf(ours), await peer(theirs)]
    transport.measured(theirs.id, 5)
    expect(transport.path(theirs.id)).toBeNull()
    transport.learn(theirs.id, [node.url], 'joined')
    await buffer((await transport.request(theirs.id, { method: 'GET', path: '/who', signal: signal() })).body)
    expect(transport.path(theirs.id)?.latencyMs).toBeNull()
    for (const ms of [8, 16]) transport.measured(theirs.id, ms)
    expect(transport.path(theirs.id)?.latencyMs).toBe(9)
    await node.close()
    await expect(transport.request(theirs.id, { method: 'GET', path: '/who', signal: signal() })).rejects.toMatchObject({
      code: 'unreachable',
    })
    expect(transport.path(theirs.id)).toBeNull()
  })

  it('switches to another protocol, and says when the peer does not', async () => {
    const [transport, node] = [await transportOf(ours), await peer(theirs)]
    node.app.server.on('upgrade', (request, socket) => {
      if (request.url === '/why') {
        const body = JSON.stringify({ code: 'not_granted', message: 'Not for you.', details: { owner: 'anna' } })
        return void socket.end(`HTTP/1.1 403 Forbidden\r\ncontent-length: ${body.length}\r\n\r\n${body}`)
      }
      if (request.url === '/flood') return void socket.end(`HTTP/1.1 401 Unauthorized\r\n\r\n${'x'.repeat(200_000)}`)
      if (request.url !== '/switch') return void socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n')
      socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: echo\r\nconnection: upgrade\r\n\r\nhello')
      return void socket.pipe(socket)
    })
    transport.learn(theirs.id, [node.url], 'joined')
    const { headers, socket } = await transport.upgrade(theirs.id, { method: 'GET', path: '/switch', protocol: 'echo', signal: signal() })
    expect(headers['upgrade']).toBe('echo')
    socket.write(' world')
    let heard = ''
    for await (const chunk of socket) {
      heard += String(chunk)
      if (heard.length >= 11) break
    }
    expect(heard).toBe('hello world')
    for (const [path, error] of [
      ['/else', { code: 'bad_answer', details: { status: 404 } }],
      ['/flood', { code: 'bad_answer', details: { status: 401 } }],
      ['/why', { code: 'not_granted', message: 'Not for you.', details: { status: 403, owner: 'anna' } }],
    ] as const) {
      const asked = transport.upgrade(theirs.id, { method: 'GET', path, protocol: 'echo', signal: signal() })
      await expect(asked).rejects.toMatchObject(error)
    }
    expect(transport.addresses(theirs.id)[0]?.lastError).toBeNull()
  })

  it('has no path and answers nothing after it was stopped, twice', async () => {
    const [transport, node] = [await transportOf(ours), await peer(theirs)]
    transport.learn(theirs.id, [node.url], 'joined')
    await buffer((await transport.request(theirs.id, { method: 'GET', path: '/who', signal: signal() })).body)
    await transport.stop()
    await transport.stop()
    expect(transport.path(theirs.id)).toBeNull()
    await expect(transport.request(theirs.id, { method: 'GET', path: '/who', signal: signal() })).rejects.toMatchObject({
      code: 'not_running',
    })
  })
})
