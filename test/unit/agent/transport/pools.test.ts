import { once } from 'node:events'
import { connect, type TLSSocket } from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createDial } from '../../../../electron/agent/transport/dial.ts'
import { createDialContext } from '../../../../electron/agent/transport/pinned-connector.ts'
import { createPools } from '../../../../electron/agent/transport/pools.ts'
import { noRelay } from '../../../fakes/no-relay.ts'
import { createTestIdentity } from '../../../fakes/test-identity.ts'
import { createTlsNode } from '../../../fakes/tls-node.ts'
import { eventually } from '../../../support/eventually.ts'
import { soon } from '../../../support/soon.ts'
import { turns } from '../../../support/turns.ts'

const [ours, theirs] = await Promise.all([createTestIdentity(), createTestIdentity()])

async function world() {
  const node = await createTlsNode(theirs, (app) => app.get('/', async () => 'hello'))
  const connections = new Set<TLSSocket>()
  node.app.server.on('secureConnection', (socket: TLSSocket) => connections.add(socket))
  onTestFinished(node.close)
  const pools = createPools({ dial: createDial({ context: createDialContext(ours), relayDial: noRelay }) })
  onTestFinished(() => pools.destroy())
  const way = pools.of(theirs.id, node.url)
  const offered = async () => {
    const socket = connect({ ...ours.tls, port: node.port, host: '127.0.0.1', rejectUnauthorized: false })
    await soon(once(socket, 'secureConnect'))
    way.offer(socket)
    return socket
  }
  const ask = async () => (await way.pool.request({ path: '/', method: 'GET' })).body.text()
  return { node, connections, pools, way, offered, ask }
}

describe('a connection that is offered', () => {
  it('is used before another is made, and kept like one', async () => {
    const { connections, offered, ask } = await world()
    const socket = await offered()
    for (let i = 0; i < 3; i++) {
      expect(await ask()).toBe('hello')
      await turns(10) // the connection is free again
    }
    expect(connections.size).toBe(1)
    expect(socket.destroyed).toBe(false)
    expect(socket.timeout ?? 0).toBe(0)
  })

  it.each(['forgotten', 'destroyed'])('and not taken is closed when its way is %s', async (how) => {
    const { pools, offered } = await world()
    const [one, other] = [await offered(), await offered()]
    expect([one.destroyed, other.destroyed]).toEqual([false, false])
    if (how === 'forgotten') pools.forget(theirs.id)
    else await pools.destroy()
    await eventually('they are closed', () => one.destroyed && other.destroyed, 3_000)
  })

  it('and not taken is closed before the other side takes it for a late request', async () => {
    const { offered, connections, ask } = await world()
    const socket = await offered()
    await eventually('it is there', () => connections.size, 3_000)
    expect(socket.timeout).toBe(10_000)
    socket.emit('timeout')
    expect(socket.destroyed).toBe(true)
    expect(await ask()).toBe('hello')
    expect(connections.size).toBe(2)
  })

  it('is not used once the other side has ended it or said something by itself', async () => {
    const { offered, connections, ask } = await world()
    const ended = await offered()
    const [far] = [await eventually('it is there', () => [...connections][0], 3_000)]
    far.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n')
    await eventually('it is closed', () => ended.destroyed, 3_000)
    expect(await ask()).toBe('hello')
  })
})
