import { once } from 'node:events'
import { duplexPair, type Duplex } from 'node:stream'
import { connect, type TLSSocket } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { createRelayedConnections } from '../../../../electron/agent/api/relayed-connections.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { createTestIdentity } from '../../../fakes/test-identity.ts'
import { startTestServer } from '../../../fakes/test-server.ts'
import { eventually } from '../../../support/eventually.ts'
import { socketPair } from '../../../support/socket-pair.ts'
import { soon } from '../../../support/soon.ts'
import { turns } from '../../../support/turns.ts'

const [ours, theirs] = await Promise.all([createTestIdentity(), createTestIdentity()])
const hub = 'K7QDM3X-WPA4HNU-5SYB2RC-TJE6LQZ'

/** TLS of a peer over a byte stream; `shows` whether it has a key. */
function peer(stream: Duplex, { shows = true } = {}): TLSSocket {
  stream.allowHalfOpen = false
  const socket = connect({ socket: stream, ...(shows && theirs.tls), minVersion: 'TLSv1.3', rejectUnauthorized: false })
  return socket.on('error', () => undefined)
}

function relayed(connections = 10) {
  const clock = createFakeClock()
  const taken: TLSSocket[] = []
  const all = createRelayedConnections({ identity: ours, clock }, { connections, handshake: 10_000 })
  return { clock, taken, all, take: (stream: Duplex) => all.take(stream, (socket) => void taken.push(socket.resume())) }
}

describe('connections that reach this node through a hub', () => {
  it('are given 10 s to show a key', async () => {
    const { clock, taken, take } = relayed()
    const [near, far] = duplexPair()
    take(near)
    far.resume()
    await clock.advance(9_999)
    expect(near.destroyed).toBe(false)
    await clock.advance(1)
    await turns(10)
    expect(near.destroyed).toBe(true)
    expect(taken).toEqual([])
    expect(clock.pending).toBe(0)
  })

  it('are ready once TLS is up, and not counted when they have ended', async () => {
    const { clock, taken, take } = relayed(1)
    for (let i = 0; i < 3; i++) {
      const [near, far] = await socketPair()
      take(near)
      const socket = peer(far)
      await soon(once(socket, 'secureConnect'))
      await eventually('it is ready', () => taken[i], 3_000)
      expect(clock.pending).toBe(0)
      socket.destroy()
      await soon(once(near, 'close'))
    }
  })

  it('are a bounded number', async () => {
    const { all, take } = relayed(2)
    const pairs = Array.from({ length: 3 }, () => duplexPair())
    for (const [near] of pairs) take(near)
    expect(pairs.map(([near]) => near.destroyed)).toEqual([false, false, true])
    all.closeAll()
    await turns(10)
    expect(pairs.every(([near]) => near.destroyed)).toBe(true)
  })

  it('are closed all together, those under way included', async () => {
    const { all, taken, take } = relayed()
    const [near, far] = await socketPair()
    take(near)
    const socket = peer(far)
    await soon(once(socket, 'secureConnect'))
    await eventually('it is ready', () => taken[0], 3_000)
    all.closeAll()
    await soon(once(socket, 'close'))
    expect(near.destroyed).toBe(true)
  })

  it('that speak no TLS break only themselves', async () => {
    const { clock, taken, take } = relayed()
    const [near, far] = await socketPair()
    take(near)
    far.write('GET / HTTP/1.1\r\n\r\n')
    await soon(once(near, 'close'))
    expect(taken).toEqual([])
    expect(clock.pending).toBe(0)
  })
})

describe('requests over them', () => {
  async function server() {
    const started = await startTestServer(ours, {
      plain: () => undefined,
      peer(app) {
        app.get('/who', async (request) => request.caller)
        app.get('/endless', () => new Promise(() => undefined))
      },
      limits: { closing: 200 },
    })
    const open = async (shows = true) => {
      const [near, far] = await socketPair()
      started.server.acceptRelayed(near, hub)
      return peer(far, { shows })
    }
    return { ...started, open }
  }
  const ask = (socket: TLSSocket, path: string) => socket.write(`GET ${path} HTTP/1.1\r\nHost: peer\r\n\r\n`)

  it('come from the node whose key was shown, at the hub', async () => {
    const { open } = await server()
    const socket = await open()
    ask(socket, '/who')
    const answer = String((await soon(once(socket, 'data')))[0])
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toEqual({
      ...{ kind: 'node', id: theirs.id, publicKey: theirs.publicKey, address: `relay://${hub}` },
    })
    socket.destroy()
  })

  it('come from nobody in particular when no key was shown, and are cut with the node they come from', async () => {
    const { open, server: running } = await server()
    const [nobody, somebody] = [await open(false), await open()]
    ask(nobody, '/who')
    expect(String((await soon(once(nobody, 'data')))[0])).toContain('anonymous')
    ask(somebody, '/who')
    await soon(once(somebody, 'data'))
    running.disconnect(theirs.id)
    await soon(once(somebody, 'close'))
    expect(nobody.destroyed).toBe(false)
    nobody.destroy()
  })

  it('do not keep the node from stopping', async () => {
    const { open, server: running } = await server()
    const socket = await open()
    const closed = once(socket, 'close')
    ask(socket, '/endless')
    await soon(once(socket, 'secureConnect'))
    await turns(20)
    const begun = performance.now()
    await soon(running.stop())
    expect(performance.now() - begun).toBeLessThan(2_000)
    await soon(closed)
    const late = await open()
    await soon(once(late, 'close'))
  })
})
