import { once } from 'node:events'
import type { Socket } from 'node:net'
import { beforeEach, describe, expect, it } from 'vitest'
import { dialLane } from '../../../../electron/agent/relay/lane-dial.ts'
import { createLanes, type Lanes } from '../../../../electron/agent/relay/lanes.ts'
import { ticketOf } from '../../../../electron/agent/protocol/tunnel-protocol.ts'
import { createFakeClock, type FakeClock } from '../../../fakes/fake-clock.ts'
import { createFakeRandom } from '../../../fakes/fake-random.ts'
import { listening } from '../../../support/listening.ts'
import { socketPair } from '../../../support/socket-pair.ts'
import { soon } from '../../../support/soon.ts'
import { turns } from '../../../support/turns.ts'

let clock: FakeClock
let lanes: Lanes
beforeEach(() => {
  clock = createFakeClock()
  lanes = createLanes({ clock, random: createFakeRandom() })
})

function pair() {
  const met: [Socket, Socket][] = []
  const tickets = lanes.forTwo((...sockets) => void met.push(sockets))
  return { met, tickets: tickets as [string, string] }
}
const said = async (socket: Socket) => String((await soon(once(socket, 'data')))[0])

describe('lanes', () => {
  it.each([
    [0, 1],
    [1, 0],
  ] as const)('join the two who hold the tickets, whoever comes first', async (first, second) => {
    const { met, tickets } = pair()
    const [[anna, one], [berta, other]] = await Promise.all([socketPair(), socketPair()])
    lanes.take(tickets[first], one)
    expect(met).toEqual([])
    lanes.take(tickets[second], other)
    expect(met).toEqual([[one, other]])
    expect(await Promise.all([said(anna), said(berta)])).toEqual(['FCN-LANE ok\n', 'FCN-LANE ok\n'])
    await clock.advance(60_000)
    expect(one.destroyed || other.destroyed).toBe(false)
  })

  it('take a ticket once', async () => {
    const { met, tickets } = pair()
    const [[, one], [, again]] = await Promise.all([socketPair(), socketPair()])
    lanes.take(tickets[0], one)
    lanes.take(tickets[0], again)
    expect([met.length, one.destroyed, again.destroyed]).toEqual([0, false, true])
  })

  it('end a connection whose ticket is not known or is older than 5 s', async () => {
    const { met, tickets } = pair()
    const [[, unknown], [, late]] = await Promise.all([socketPair(), socketPair()])
    lanes.take('AAAAAAAAAAAAAAAAAAAAAA', unknown)
    expect(unknown.destroyed).toBe(true)
    await clock.advance(5_000)
    lanes.take(tickets[0], late)
    expect(late.destroyed).toBe(true)
    expect(met).toEqual([])
  })

  it('close one whose other side does not come', async () => {
    const { tickets } = pair()
    const [, one] = await socketPair()
    await clock.advance(4_000)
    lanes.take(tickets[0], one)
    await clock.advance(5_000)
    expect(one.destroyed).toBe(true)
    await turns(5)
    expect(clock.pending).toBe(0)
  })

  it.each(['ends', 'says something too early'])('do not join one that %s while it waits', async (how) => {
    const { met, tickets } = pair()
    const [[anna, one], [, other]] = await Promise.all([socketPair(), socketPair()])
    lanes.take(tickets[0], one)
    if (how === 'ends') anna.end()
    else anna.write('hello?')
    await soon(once(one, 'close'))
    lanes.take(tickets[1], other)
    expect(other.destroyed).toBe(true)
    expect(met).toEqual([])
  })

  it('give out a bounded number of tickets', async () => {
    const given = Array.from({ length: 3_000 }, () => lanes.forTwo(() => undefined))
    expect(given.filter((tickets) => tickets !== null)).toHaveLength(2_048)
    expect(lanes.forOne(() => undefined)).toBeNull()
    await clock.advance(5_000)
    expect(lanes.forOne(() => undefined)).not.toBeNull()
  })

  it('leave nothing when they are closed', async () => {
    const { tickets } = pair()
    const [, one] = await socketPair()
    lanes.take(tickets[0], one)
    lanes.close()
    await soon(once(one, 'close'))
    expect(clock.pending).toBe(0)
  })
})

describe('dialling a lane', () => {
  const ticket = 'AAAAAAAAAAAAAAAAAAAAAA'
  const dialled = async (answer: (socket: Socket) => void, signal = AbortSignal.timeout(3_000)) => {
    const place = await listening((socket) => socket.once('data', () => answer(socket)))
    return dialLane(place, ticket, signal)
  }

  it('says its ticket and leaves what comes after the answer to its owner', async () => {
    let head = ''
    const place = await listening((socket) =>
      socket.once('data', (bytes: Buffer) => {
        head = bytes.toString('latin1')
        socket.write('FCN-LANE ')
        setImmediate(() => socket.end('ok\nbytes'))
      }),
    )
    const socket = await dialLane(place, ticket, AbortSignal.timeout(3_000))
    expect(ticketOf(head)).toBe(ticket)
    expect(await said(socket)).toBe('bytes')
    socket.destroy()
  })

  it('fails at once when the hub ends it or says something else', async () => {
    const begun = performance.now()
    await expect(dialled((socket) => void socket.end())).rejects.toThrow('closed')
    await expect(dialled((socket) => void socket.resetAndDestroy())).rejects.toThrow('ECONNRESET')
    await expect(dialled((socket) => void socket.write('HTTP/1.1 400 Bad Request'))).rejects.toThrow('Something else')
    expect(performance.now() - begun).toBeLessThan(1_000)
  })

  it('ends with the signal', async () => {
    await expect(dialled(() => undefined, AbortSignal.timeout(50))).rejects.toMatchObject({ name: 'TimeoutError' })
    await expect(dialled(() => undefined, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone')
  })
})
