import { once } from 'node:events'
import { connect as connectTcp, type Socket } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { duplexPair, type Duplex } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Identity, NodeId } from '../../../../electron/agent/components.ts'
import { systemClock } from '../../../../electron/agent/support/clock.ts'
import { systemRandom } from '../../../../electron/agent/support/random.ts'
import { addressBookSchema, createAddressBook } from '../../../../electron/agent/transport/address-book.ts'
import type { RelayDial } from '../../../../electron/agent/transport/dial.ts'
import { createTransport } from '../../../../electron/agent/transport/transport.ts'
import { noRelay } from '../../../fakes/no-relay.ts'
import { createTestIdentity } from '../../../fakes/test-identity.ts'
import { createTlsNode } from '../../../fakes/tls-node.ts'
import { eventually } from '../../../support/eventually.ts'
import { listening } from '../../../support/listening.ts'
import { soon } from '../../../support/soon.ts'
import { turns } from '../../../support/turns.ts'

const [ours, theirs, strangers, hubs] = await Promise.all(Array.from({ length: 4 }, createTestIdentity)) as [Identity, Identity, Identity, Identity] // prettier-ignore
const relay = `relay://${hubs.id}`
const signal = () => AbortSignal.timeout(5_000)

/** Byte streams that the hub has passed on in the running test. */
let passed: { node: NodeId; hub: NodeId; near: Duplex; socket: Socket }[] = []
beforeEach(() => void (passed = []))

/** A hub at which a node with a TLS listener is attached: what is a byte stream there is a connection to it. */
const hubBefore =
  (port: number): RelayDial =>
  async (hub, node, given) => {
    given.throwIfAborted()
    const [near, far] = duplexPair()
    const socket = connectTcp({ port, host: '127.0.0.1' })
    for (const [from, to] of [
      [far, socket],
      [socket, far],
    ] as const) {
      from.pipe(to)
      from.on('error', () => to.destroy()).once('close', () => to.destroy())
    }
    near.once('close', () => socket.destroy())
    onTestFinished(() => void near.destroy())
    passed.push({ hub, node, near, socket })
    return near
  }

async function transportWith(relayDial: RelayDial = noRelay) {
  const database = new DatabaseSync(':memory:')
  database.exec(addressBookSchema)
  const addressBook = createAddressBook({ database, clock: systemClock })
  const transport = createTransport({ identity: ours, addressBook, clock: systemClock, random: systemRandom, relayDial })
  await transport.start()
  onTestFinished(() => transport.stop())
  return transport
}

async function peer(identity: Identity, routes: (app: FastifyInstance) => void = () => undefined) {
  let connections = 0
  let requests = 0
  const node = await createTlsNode(identity, (app) => {
    app.get('/who', async (request) => request.caller)
    routes(app)
  })
  node.app.server.on('connection', () => connections++).on('request', () => requests++)
  onTestFinished(node.close)
  return { ...node, connections: () => connections, requests: () => requests }
}

const silent = async () => {
  const { port } = await listening((socket) => socket.resume())
  return `https://127.0.0.1:${port}`
}
type Transport = Awaited<ReturnType<typeof transportWith>>
const who = async (transport: Transport) => {
  const { body } = await transport.request(theirs.id, { method: 'GET', path: '/who', signal: signal() })
  return JSON.parse((await buffer(body)).toString()) as unknown
}

describe('a peer with several addresses', () => {
  it('is reached quickly when the first ones are silent, over one connection', async () => {
    const [transport, node] = [await transportWith(), await peer(theirs)]
    transport.learn(theirs.id, [await silent(), await silent(), node.url], 'record')
    const begun = performance.now()
    await Promise.all([who(transport), who(transport)])
    expect(performance.now() - begun).toBeLessThan(2_000)
    expect(transport.path(theirs.id)?.url).toBe(node.url)
    expect(node.connections()).toBeLessThanOrEqual(2)
  })

  it('is not looked for only where it once came from', async () => {
    const [transport, node] = [await transportWith(), await peer(theirs)]
    const past = await silent()
    transport.learn(theirs.id, [past, node.url], 'record')
    transport.met(theirs.id, past)
    expect(transport.path(theirs.id)?.url).toBe(past)
    const begun = performance.now()
    await who(transport)
    expect(performance.now() - begun).toBeLessThan(2_000)
    expect(transport.path(theirs.id)?.url).toBe(node.url)
  })

  it('says why each of them failed', async () => {
    const [transport, stranger] = [await transportWith(), await peer(strangers)]
    transport.learn(theirs.id, [stranger.url, relay], 'record')
    await expect(who(transport)).rejects.toMatchObject({
      code: 'unreachable',
      details: {
        addresses: [
          { url: stranger.url, code: 'key_mismatch' },
          { url: relay, code: 'unreachable' },
        ],
      },
    })
  })
})

describe('a peer that is reached through a hub', () => {
  it('answers as itself, is asked for by its id, and keeps its connection after the wait for it', async () => {
    const node = await peer(theirs)
    let asking: AbortSignal | undefined
    const dial = hubBefore(node.port)
    const transport = await transportWith((hub, id, given) => ((asking = given), dial(hub, id, given)))
    transport.learn(theirs.id, [await silent(), relay], 'record')
    expect(await who(transport)).toMatchObject({ kind: 'node', id: ours.id })
    expect(passed).toMatchObject([{ hub: hubs.id, node: theirs.id }])
    expect(transport.path(theirs.id)).toEqual({ url: relay, latencyMs: null, hub: hubs.id })
    expect(asking?.aborted).toBe(true) // the race is over
    await turns(10) // the connection is free again
    await who(transport)
    expect(passed).toHaveLength(1)
    expect(passed[0]?.near.destroyed).toBe(false)
  })

  it('has no hub on its path when it keeps a tunnel to this node itself', async () => {
    const node = await peer(theirs)
    const transport = await transportWith(hubBefore(node.port))
    transport.learn(theirs.id, [`relay://${ours.id}`], 'record')
    await who(transport)
    expect(transport.path(theirs.id)).toEqual({ url: `relay://${ours.id}`, latencyMs: null })
  })

  it('is told nothing when another key answers there', async () => {
    const stranger = await peer(strangers)
    const transport = await transportWith(hubBefore(stranger.port))
    transport.learn(theirs.id, [relay], 'record')
    await expect(who(transport)).rejects.toMatchObject({ code: 'key_mismatch' })
    expect(stranger.requests()).toBe(0)
    await eventually('the stream is closed', () => passed.every(({ near }) => near.destroyed), 3_000)
  })

  it('is not asked for an upgrade that must be direct', async () => {
    const node = await peer(theirs)
    const transport = await transportWith(hubBefore(node.port))
    transport.learn(theirs.id, [relay], 'record')
    const ask = (directly: boolean) =>
      transport.upgrade(theirs.id, { method: 'GET', path: '/switch', protocol: 'echo', signal: signal(), directly })
    await expect(ask(true)).rejects.toMatchObject({ code: 'unreachable', message: 'No address of the peer is known.' })
    expect(passed).toEqual([])
    node.app.server.on('upgrade', (_request, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: echo\r\nconnection: upgrade\r\n\r\n')
      socket.pipe(socket)
    })
    const { socket } = await ask(false)
    socket.write('through the hub')
    expect(String((await soon(once(socket, 'data')))[0])).toBe('through the hub')
    socket.destroy()
  })

  it('is unreachable at once when it ends the connection before showing its key', async () => {
    const { port } = await listening((socket) => socket.end())
    const transport = await transportWith(hubBefore(port))
    transport.learn(theirs.id, [relay], 'record')
    const begun = performance.now()
    await expect(who(transport)).rejects.toMatchObject({ code: 'unreachable' })
    expect(performance.now() - begun).toBeLessThan(2_000)
  })

  it('is reached directly as soon as that works; what is under way ends where it began', async () => {
    let finish = () => undefined as void
    const node = await peer(theirs, (app) => {
      app.get('/long', (_request, reply) => {
        reply.hijack()
        reply.raw.write('first ')
        finish = () => void reply.raw.end('last')
      })
    })
    const transport = await transportWith(hubBefore(node.port))
    const straightened: NodeId[] = []
    transport.straightened.subscribe((id) => void straightened.push(id))
    transport.learn(theirs.id, [relay], 'record')
    const long = await transport.request(theirs.id, { method: 'GET', path: '/long', signal: signal() })
    transport.learn(theirs.id, [node.url, relay], 'record') // its record has changed
    await eventually('it is reached directly', () => straightened.length, 3_000)
    expect(straightened).toEqual([theirs.id])
    expect(transport.path(theirs.id)).toEqual({ url: node.url, latencyMs: null })
    await who(transport)
    expect(passed).toHaveLength(1)
    finish()
    expect((await soon(buffer(long.body))).toString()).toBe('first last')
    await eventually('the old way is closed', () => passed[0]?.near.destroyed, 3_000)
  })

  it('keeps its way while it cannot be reached directly, also after a change of the network', async () => {
    const node = await peer(theirs)
    const transport = await transportWith(hubBefore(node.port))
    const refusing = await peer(strangers)
    transport.learn(theirs.id, [refusing.url, relay], 'record')
    await who(transport)
    const before = refusing.connections()
    transport.networkChanged()
    await eventually('it was tried directly', () => refusing.connections() > before, 3_000)
    await who(transport)
    expect(transport.path(theirs.id)?.hub).toBe(hubs.id)
  })

  it('has no connection left when the transport stops', async () => {
    const node = await peer(theirs)
    const transport = await transportWith(hubBefore(node.port))
    transport.learn(theirs.id, [await silent(), relay], 'record')
    await who(transport)
    expect(passed.map(({ near }) => near.destroyed)).toEqual([false])
    await transport.stop()
    await eventually('it is closed', () => passed.every(({ near }) => near.destroyed), 3_000)
  })
})
