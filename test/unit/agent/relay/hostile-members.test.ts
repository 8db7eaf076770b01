import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2'
import type { Duplex } from 'node:stream'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { NodeId } from '../../../../electron/agent/components.ts'
import { createHubWorld, someNodes } from '../../../fakes/hub-world.ts'
import { eventually } from '../../../support/eventually.ts'
import { soon } from '../../../support/soon.ts'
import { turns } from '../../../support/turns.ts'

const [anna, berta, mallory] = someNodes(3) as [NodeId, NodeId, NodeId]
const mib = 2 ** 20

const memory = () => {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Anna and Berta are attached, and Mallory, who speaks HTTP/2 as she likes. */
async function withMallory() {
  const world = await createHubWorld({ home: [anna, berta, mallory] })
  const [one, other] = [await world.attach(anna), await world.attach(berta)]
  const socket = await world.socketOf(mallory)
  const session = (settings = {}): ClientHttp2Session => {
    const made = connect('http://hub.invalid', { createConnection: () => socket, settings, peerMaxConcurrentStreams: 100_000 })
    made.on('error', () => undefined)
    onTestFinished(() => made.destroy())
    return made
  }
  const ask = (made: ClientHttp2Session, headers: Record<string, string>): ClientHttp2Stream => {
    const stream = made.request(headers, { endStream: false })
    return stream.on('error', () => undefined)
  }
  /** A connection of the others, and how long it took, ms. */
  async function othersConnect(): Promise<number> {
    const begun = performance.now()
    const next = other.next()
    const near = await one.session.dial(berta, AbortSignal.timeout(5_000))
    near.write('hello')
    const far: Duplex = await soon(next)
    expect(String((await soon(once(far, 'data')))[0])).toBe('hello')
    for (const end of [near, far]) end.destroy()
    return performance.now() - begun
  }
  return { world, one, other, socket, session, ask, othersConnect }
}

describe('a member that means ill', () => {
  it('may park ten thousand streams, of which eight are kept', async () => {
    const { session, ask, othersConnect, one, other } = await withMallory()
    const made = session()
    const before = memory()
    let refused = 0
    for (let round = 0; round < 100; round++) {
      for (let i = 0; i < 100; i++) {
        ask(made, { ':method': 'POST', ':path': '/accept' }).once('response', (headers) => void (headers[':status'] === 429 && refused++))
      }
      await turns(10)
      if (made.destroyed) break
    }
    await othersConnect()
    expect(refused).toBeGreaterThan(made.destroyed ? 0 : 9_000)
    expect(memory() - before).toBeLessThan(100 * mib)
    expect([one.isClosed(), other.isClosed()]).toEqual([false, false])
  })

  it('may want to reach others without end, who are reached all the same', async () => {
    const { session, ask, othersConnect, one, other } = await withMallory()
    const made = session()
    const [stranger = ''] = someNodes(1)
    for (let i = 0; i < 500; i++) ask(made, { ':method': 'CONNECT', ':authority': i % 2 === 0 ? berta : stranger })
    expect(await othersConnect()).toBeLessThan(3_000)
    expect([one.isClosed(), other.isClosed()]).toEqual([false, false])
  })

  it('is refused what a hub does not have', async () => {
    const { session, ask, othersConnect } = await withMallory()
    const made = session()
    const asks: Record<string, string>[] = [
      { ':method': 'GET', ':path': '/accept' },
      { ':method': 'POST', ':path': '/' },
      { ':method': 'CONNECT', ':authority': '169.254.169.254:80' },
      { ':method': 'CONNECT', ':authority': 'localhost:3000' },
    ]
    for (const headers of asks) {
      const [answer] = (await soon(once(ask(made, headers), 'response'))) as [Record<string, unknown>]
      expect(answer[':status']).toBe(400)
    }
    await othersConnect()
  })

  it('may send frames that are none', async () => {
    const { socket, session, othersConnect, world } = await withMallory()
    session().destroy()
    await eventually('its tunnel is closed', () => !world.hub.isAttached(mallory), 3_000)
    for (const garbage of [
      randomBytes(100_000),
      Buffer.from('GET / HTTP/1.1\r\n\r\n'),
      Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nno'),
    ]) {
      const other = await world.socketOf(mallory)
      other.resume().on('error', () => undefined)
      other.end(garbage)
      await eventually('its tunnel is closed', () => !world.hub.isAttached(mallory), 3_000)
    }
    expect(socket.destroyed).toBe(true)
    await othersConnect()
  })

  it('may not read: the hub holds little for it, and others go on', async () => {
    const { session, ask, othersConnect, other } = await withMallory()
    const made = session({ initialWindowSize: 64 * 1024 })
    const next = other.next()
    const stream = ask(made, { ':method': 'CONNECT', ':authority': berta })
    stream.write('hello')
    stream.pause()
    const far = await soon(next)
    const before = memory()
    let written = 0
    const piece = randomBytes(64 * 1024)
    for (let stalled = 0; stalled < 50;) {
      if (far.writableNeedDrain) stalled = await turns(5).then(() => stalled + 1)
      else {
        far.write(piece)
        written += piece.length
        stalled = 0
      }
      if (written > 64 * mib) break
    }
    expect(written).toBeLessThan(8 * mib)
    expect(memory() - before).toBeLessThan(32 * mib)
    await othersConnect()
  })
})
