import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { FastifyInstance } from 'fastify'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Identity } from '../../../../electron/agent/components.ts'
import { FcnError } from '../../../../electron/agent/errors.ts'
import type { Flow, StreamedRequest } from '../../../../electron/agent/support/answer-handler.ts'
import { systemClock as clock } from '../../../../electron/agent/support/clock.ts'
import { addressBookSchema, createAddressBook } from '../../../../electron/agent/transport/address-book.ts'
import { systemRandom } from '../../../../electron/agent/support/random.ts'
import { createTransport } from '../../../../electron/agent/transport/transport.ts'
import { noRelay } from '../../../fakes/no-relay.ts'
import { createTestIdentity } from '../../../fakes/test-identity.ts'
import { createTlsNode } from '../../../fakes/tls-node.ts'
import { soon } from '../../../support/soon.ts'
import { turns } from '../../../support/turns.ts'

const [ours, theirs, strangers] = await Promise.all([createTestIdentity(), createTestIdentity(), createTestIdentity()])

async function transportTo(urls: string[]) {
  const database = new DatabaseSync(':memory:')
  database.exec(addressBookSchema)
  const transport = createTransport({
    identity: ours,
    addressBook: createAddressBook({ database, clock }),
    clock,
    random: systemRandom,
    relayDial: noRelay,
  })
  await transport.start()
  onTestFinished(() => transport.stop())
  transport.learn(theirs.id, urls, 'record')

  /** Everything the handler hears, in order, until the last word. */
  const ask = (request: Partial<StreamedRequest> = {}, onStart: (flow: Flow) => void = () => undefined) =>
    soon(
      new Promise<unknown[]>((resolve) => {
        const heard: unknown[] = []
        const whole = { method: 'GET', path: '/who', headers: [], body: null, trailers: null, headersTimeout: 5_000, ...request }
        transport.dispatch(theirs.id, whole, {
          started(flow) {
            heard.push('started')
            onStart(flow)
          },
          head: (status) => heard.push(status),
          data: (chunk) => heard.push(chunk.toString()),
          ended: () => resolve([...heard, 'ended']),
          failed: (error, sent) => resolve([...heard, error instanceof FcnError ? error.code : error.message, { sent }]),
        })
      }),
    )
  return { transport, ask }
}

async function node(identity: Identity, routes: (app: FastifyInstance) => void = () => undefined) {
  const started = await createTlsNode(identity, (app) => {
    app.get('/who', async () => 'me')
    app.post('/echo', async (request) => request.body)
    routes(app)
  })
  onTestFinished(started.close)
  return started
}

/** Answers with the body and the trailer that it got. */
const upload = (app: FastifyInstance) => {
  app.addContentTypeParser('*', (_request, payload, done) => void text(payload).then((body) => done(null, body), done))
  app.post('/upload', async ({ body, raw }) => `${String(body)} ${raw.trailers['x-sum']}`)
}

async function closedUrl(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `https://127.0.0.1:${port}`
}

describe('a streamed request', () => {
  it('is answered by the node with the expected key, head first', async () => {
    const { url } = await node(theirs)
    const { transport, ask } = await transportTo([url])
    expect(await ask()).toEqual(['started', 200, 'me', 'ended'])
    expect(transport.path(theirs.id)).toEqual({ url, latencyMs: null })
  })

  it('goes to the next address while nothing of it has left, with its whole body', async () => {
    const [stranger, right] = [await node(strangers), await node(theirs)]
    const { ask } = await transportTo([await closedUrl(), stranger.url, right.url])
    const headers = ['content-type', 'text/plain']
    const body = () => Readable.from([Buffer.from('whole')])
    expect(await ask({ method: 'POST', path: '/echo', headers, body })).toEqual(['started', 200, 'whole', 'ended'])
  })

  it('leaves the address that worked when it is gone, and finds another', async () => {
    const [first, second] = [await node(theirs), await node(theirs)]
    const { transport, ask } = await transportTo([first.url, second.url])
    expect(await ask()).toContain('ended')
    await first.close()
    expect((await ask()).slice(-2)).not.toContain('unreachable')
    expect(await ask()).toContain('ended')
    expect(transport.path(theirs.id)?.url).toBe(second.url)
  })

  it('does not wait for an address that says nothing when the one that worked is gone', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void silent.close())
    await once(silent, 'listening')
    const [first, last] = [await node(theirs), await node(theirs)]
    const { ask } = await transportTo([first.url, `https://127.0.0.1:${(silent.address() as AddressInfo).port}`, last.url])
    expect(await ask()).toContain('ended')
    await first.close()
    await turns(3) // the kept connection is known to be closed
    const begin = performance.now()
    expect(await ask()).toContain('ended')
    expect(performance.now() - begin).toBeLessThan(2_000)
  })

  it('fails with what every address said when none works, and says that nothing was sent', async () => {
    const { transport, ask } = await transportTo([await closedUrl(), (await node(strangers)).url])
    expect(await ask()).toEqual(['unreachable', { sent: false }])
    expect(transport.addresses(theirs.id).map(({ lastError }) => lastError?.code)).toEqual(['unreachable', 'key_mismatch'])
  })

  it('that breaks after it was sent is not sent elsewhere', async () => {
    let asked = 0
    const breaking = (app: FastifyInstance) =>
      app.get('/break', async (request) => {
        asked++
        request.raw.socket.destroy()
        return 'never'
      })
    const [first, second] = [await node(theirs, breaking), await node(theirs, breaking)]
    const { ask } = await transportTo([first.url, second.url])
    expect(await ask({ path: '/break' })).toEqual(['started', 'unreachable', { sent: true }])
    expect(asked).toBe(1)
  })

  it('whose answer was altered on the way is not sent elsewhere', async () => {
    let asked = 0
    const counting = (app: FastifyInstance) => app.get('/count', async () => `${++asked}`)
    const [first, second] = [await node(theirs, counting), await node(theirs, counting)]
    const meddler = createServer((client) => {
      const server = connect(first.port, '127.0.0.1')
      for (const socket of [client, server]) socket.on('error', () => socket.destroy())
      client.pipe(server)
      server.on('data', (chunk: Buffer) => {
        if (asked > 0) chunk.writeUInt8(chunk.readUInt8(chunk.length - 1) ^ 1, chunk.length - 1)
        client.write(chunk)
      })
    }).listen(0, '127.0.0.1')
    onTestFinished(() => void meddler.close())
    await once(meddler, 'listening')
    const { ask } = await transportTo([`https://127.0.0.1:${(meddler.address() as AddressInfo).port}`, second.url])
    expect((await ask({ path: '/count' })).slice(-2)).toEqual(['unreachable', { sent: true }])
    expect(asked).toBe(1)
  })

  it('that its caller ends says nothing of the address', async () => {
    const { url } = await node(theirs, (app) => app.get('/never', () => new Promise(() => undefined)))
    const { transport, ask } = await transportTo([url])
    const gone = new Error('The caller has gone.')
    const heard = await ask({ path: '/never' }, (flow) => void setImmediate(() => flow.abort(gone)))
    expect(heard).toEqual(['started', 'The caller has gone.', { sent: true }])
    expect(transport.addresses(theirs.id)[0]?.lastError).toBeNull()
  })

  it('with trailers goes to the node with the expected key only, with its whole body', async () => {
    const [stranger, right] = [await node(strangers, upload), await node(theirs, upload)]
    const { ask } = await transportTo([await closedUrl(), stranger.url, right.url])
    const [body, trailers] = [() => Readable.from([Buffer.from('whole')]), () => ({ 'x-sum': '42' })]
    expect(await ask({ method: 'POST', path: '/upload', headers: ['trailer', 'x-sum'], body, trailers })).toEqual([
      ...['started', 200, 'whole 42', 'ended'],
    ])
  })

  it('is refused at once when too many wait for the node already', async () => {
    const { url } = await node(theirs, (app) => app.get('/never', () => new Promise(() => undefined)))
    const { transport, ask } = await transportTo([url])
    const silent = {
      started: () => undefined,
      head: () => undefined,
      data: () => undefined,
      ended: () => undefined,
      failed: () => undefined,
    }
    const never = { method: 'GET', path: '/never', headers: [], body: null, trailers: null, headersTimeout: 60_000 }
    for (let count = 0; count < 160 + 256; count++) transport.dispatch(theirs.id, never, silent)
    expect(await ask()).toEqual(['busy', { sent: false }])
  })

  it('fails at once when transport has stopped', async () => {
    const { transport, ask } = await transportTo([(await node(theirs)).url])
    await transport.stop()
    expect(await ask()).toEqual(['not_running', { sent: false }])
  })
})
