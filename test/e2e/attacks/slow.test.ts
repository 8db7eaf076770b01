import type { Socket } from 'node:net'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Identity } from '../../../electron/agent/components.ts'
import { createTestIdentity } from '../../fakes/test-identity.ts'
import { type NodeProcess, startNode } from '../node-process.ts'
import { type Attacker, createAttackers, exchange, requestText } from './attacker.ts'
import { expectLine } from './audit-lines.ts'

const crowd = 100
/** Headers have 15 s and are looked for every 5 s; handshakes have 10 s. */
const patience = 25_000
/** How long others may wait meanwhile, ms; far above what they do wait, because the machine is busy with other tests. */
const soonEnough = 3_000

interface Siege {
  attacker: Attacker
  /** Resolves when the node has closed every connection; false when it did not in time. */
  ended: Promise<boolean>
}

let node: NodeProcess
let stranger: Identity
let sieges: Record<'plain headers' | 'TLS headers' | 'TLS handshakes', Siege>
const newAttacker = createAttackers(() => node)
const drips: NodeJS.Timeout[] = []

/** Opens a crowd of connections that send their beginning, and then a byte each second. */
function besiege(open: (attacker: Attacker) => Socket, beginning: Buffer | string, drip: Buffer | string): Siege {
  const attacker = newAttacker()
  const sockets = Array.from({ length: crowd }, () => open(attacker))
  const ends = sockets.map(async (socket) => {
    socket.on('error', () => socket.destroy()).resume()
    socket.write(beginning)
    const timer = setInterval(() => socket.writable && socket.write(drip), 1_000)
    drips.push(timer)
    // not `once` of node:events, which rejects for a connection that is cut off by a reset
    await new Promise((resolve) => socket.once('close', resolve))
    clearInterval(timer)
  })
  const late = new Promise<boolean>((resolve) => drips.push(setTimeout(() => resolve(false), patience)))
  return { attacker, ended: Promise.race([Promise.all(ends).then(() => true), late]) }
}

beforeAll(async () => {
  ;[node, stranger] = await Promise.all([startNode({ name: 'target' }), createTestIdentity()])
  const head = 'GET /api/health HTTP/1.1\r\nHost: x\r\nX-A: '
  sieges = {
    'plain headers': besiege((attacker) => attacker.plain(), head, 'a'),
    'TLS headers': besiege((attacker) => attacker.tls(stranger.tls), head, 'a'),
    'TLS handshakes': besiege((attacker) => attacker.plain(), Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3]), Buffer.from([0])),
  }
})
afterAll(async () => {
  for (const timer of drips) clearTimeout(timer)
  await node?.stop()
})

describe('a crowd of connections that never finish what they begin', () => {
  it('keeps nobody else waiting, on either protocol', async () => {
    for (let round = 0; round < 3; round++) {
      const began = performance.now()
      expect((await request(`${node.url}/api/health`)).statusCode).toBe(200)
      expect((await node.call('node.get')).status).toBe(200)
      const hello = await exchange(newAttacker().tls(stranger.tls), requestText('GET /peer/v1/hello', ['Host: x']))
      expect(hello.statuses).toEqual([200])
      expect(performance.now() - began).toBeLessThan(soonEnough)
    }
  })

  it.each(['plain headers', 'TLS headers', 'TLS handshakes'] as const)('is cut off in time and written down: %s', async (kind) => {
    const { attacker, ended } = sieges[kind]
    expect(await ended).toBe(true)
    await expectLine(node, { action: 'connection.refused', code: 'timeout', address: attacker.address })
  })
})
