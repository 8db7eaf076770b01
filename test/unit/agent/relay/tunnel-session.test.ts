import { once } from 'node:events'
import { performServerHandshake, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Place } from '../../../../electron/agent/relay/lane-dial.ts'
import { createTunnelSession } from '../../../../electron/agent/relay/tunnel-session.ts'
import { createFakeClock, type FakeClock } from '../../../fakes/fake-clock.ts'
import { someNodes } from '../../../fakes/hub-world.ts'
import { eventually } from '../../../support/eventually.ts'
import { listening } from '../../../support/listening.ts'
import { socketPair } from '../../../support/socket-pair.ts'
import { soon } from '../../../support/soon.ts'
import { turns } from '../../../support/turns.ts'

const [berta = ''] = someNodes(1)
const ticket = 'AAAAAAAAAAAAAAAAAAAAAA'
const signal = () => AbortSignal.timeout(3_000)
const ok = { ':status': 200 }
const withTicket = { ':status': 200, 'x-fcn-lane': ticket }

let clock: FakeClock
beforeEach(() => void (clock = createFakeClock()))

/** A member's end, and a hub that answers as the test says. */
async function tunnel(place: Place | null = null) {
  const [near, far] = await socketPair({ allowHalfOpen: false })
  const hub: ServerHttp2Session = performServerHandshake(far)
  const asked: { stream: ServerHttp2Stream; method: string }[] = []
  hub.on('error', () => undefined)
  hub.on('stream', (stream, headers) => asked.push({ stream: stream.on('error', () => undefined), method: String(headers[':method']) }))
  const incoming: Duplex[] = []
  let closed = 0
  const session = createTunnelSession(near, {
    ...{ clock, place, incoming: (stream) => void incoming.push(stream), measured: () => undefined, closed: () => void closed++ },
  })
  onTestFinished(() => (session.close(), hub.destroy()))
  const of = (method: string) => asked.filter((each) => each.method === method).map(({ stream }) => stream)
  const nth = (method: string, place: number) => eventually(`${method} number ${place}`, () => of(method)[place], 3_000)
  return { session, hub, near, far, incoming, closed: () => closed, parked: () => of('POST'), nth }
}

/** Where a hub takes lanes: all are answered when the test says so. */
async function lanePlace() {
  const lanes: Socket[] = []
  const place = await listening((socket) => void lanes.push(socket))
  return { place, lanes, lane: (at: number) => eventually(`lane ${at}`, () => lanes[at], 3_000) }
}

describe('a tunnel', () => {
  it('has four streams open for those who come next, always', async () => {
    const { nth, parked, incoming, session } = await tunnel()
    for (let i = 0; i < 5; i++) {
      const stream = await nth('POST', i)
      await nth('POST', i + 3)
      await turns(10)
      expect(parked()).toHaveLength(i + 4)
      stream.respond(ok)
      stream.write(`caller ${i}`)
      const taken = await eventually('it is taken', () => incoming[i], 3_000)
      expect(String(taken.read())).toBe(`caller ${i}`)
    }
    expect(session.streams()).toBe(5)
  })

  it.each(['refuses it', 'closes it'])('ends when the hub %s', async (how) => {
    const { nth, closed } = await tunnel()
    const stream = await nth('POST', 0)
    if (how === 'refuses it') stream.respond({ ':status': 429 }, { endStream: true })
    else stream.close()
    await eventually('it has ended', () => closed() > 0, 3_000)
    expect(closed()).toBe(1)
  })

  it('gives up whoever says nothing for 10 s', async () => {
    const { nth, incoming, session } = await tunnel()
    const stream = await nth('POST', 0)
    stream.respond(ok)
    await nth('POST', 4)
    const gone = new Promise((resolve) => stream.once('close', resolve))
    await clock.advance(4_000)
    await turns(20)
    await clock.advance(6_001)
    await soon(gone)
    expect(incoming).toEqual([])
    await eventually('it is counted out', () => session.streams() === 0, 3_000)
  })

  it('takes what comes over the lane, when that is used first', async () => {
    const { place, lane } = await lanePlace()
    const { nth, incoming, session } = await tunnel(place)
    const stream = await nth('POST', 0)
    stream.respond(withTicket)
    const socket = await lane(0)
    socket.write('FCN-LANE ok\n')
    await turns(20)
    expect(incoming).toEqual([]) // the other side may still decide for the tunnel
    socket.write('hello')
    const taken = await eventually('it is taken', () => incoming[0], 3_000)
    expect(String(taken.read())).toBe('hello')
    await eventually('the stream in the tunnel is closed', () => session.streams() === 0, 3_000)
    taken.destroy()
  })

  it('takes what comes through the tunnel, when that is used first, and closes the lane', async () => {
    const { place, lane } = await lanePlace()
    const { nth, incoming } = await tunnel(place)
    const stream = await nth('POST', 0)
    stream.respond(withTicket)
    const socket = await lane(0)
    const gone = new Promise((resolve) => socket.once('close', resolve))
    socket.resume().write('FCN-LANE ok\n')
    socket.once('end', () => socket.end())
    await turns(20)
    stream.write('hello')
    const taken = await eventually('it is taken', () => incoming[0], 3_000)
    expect(String(taken.read())).toBe('hello')
    await soon(gone)
    stream.write(' again')
    expect(String((await soon(once(taken, 'data')))[0])).toBe(' again')
    expect(incoming).toHaveLength(1)
  })

  it('stays with the tunnel when the lane ends without a word', async () => {
    const { place, lane } = await lanePlace()
    const { nth, incoming } = await tunnel(place)
    const stream = await nth('POST', 0)
    stream.respond(withTicket)
    const socket = await lane(0)
    socket.end('FCN-LANE ok\n')
    await turns(50)
    stream.write('hello')
    const taken = await eventually('it is taken', () => incoming[0], 3_000)
    expect(String(taken.read())).toBe('hello')
  })

  it('ends when a ping is not answered within 5 s', async () => {
    const [near, far] = await socketPair({ allowHalfOpen: false })
    far.resume() // and never a word
    let closed = 0
    createTunnelSession(near, {
      ...{ clock, place: null, incoming: () => undefined, measured: () => undefined, closed: () => void closed++ },
    })
    await turns(20)
    await clock.advance(4_900)
    expect(closed).toBe(0)
    await clock.advance(200)
    await eventually('it has ended', () => closed === 1, 3_000)
    expect(near.destroyed).toBe(true)
    expect(clock.pending).toBe(0)
  })

  it('asks every 15 s whether the hub is there', async () => {
    const { session, hub, closed } = await tunnel()
    let pings = 0
    hub.on('ping', () => pings++)
    await eventually('it is measured', () => session.latency() !== null, 3_000)
    for (let i = 1; i <= 3; i++) {
      const before = pings
      await clock.advance(15_000)
      await eventually('it has asked', () => pings > before, 3_000)
      await turns(50)
    }
    expect(closed()).toBe(0)
  })

  it('measures its round trip, and asks at once when told to', async () => {
    const { session, hub } = await tunnel()
    let pings = 0
    hub.on('ping', () => pings++)
    await eventually('it is measured', () => session.latency() !== null, 3_000)
    expect(session.latency()).toBeGreaterThan(0)
    const before = pings
    session.ping()
    await eventually('it has asked', () => pings > before, 3_000)
  })
})

describe('dialling through a tunnel', () => {
  it('lasts longer than the wait for it', async () => {
    const { session, nth } = await tunnel()
    const asking = new AbortController()
    const dialled = session.dial(berta, asking.signal)
    const stream = await nth('CONNECT', 0)
    stream.respond(ok)
    const near = await soon(dialled)
    asking.abort(new Error('the race is over'))
    await turns(20)
    expect(near.destroyed).toBe(false)
    stream.write('still here')
    expect(String((await soon(once(near, 'data')))[0])).toBe('still here')
  })

  it('gives the hub’s reason, bounded, and closes its stream', async () => {
    const { session, nth } = await tunnel()
    const answers = [JSON.stringify({ code: 'too_many', message: 'Later.' }), 'x'.repeat(1_000_000), '{"code":"nonsense"}']
    for (const [place, answer] of answers.entries()) {
      const dialled = session.dial(berta, signal())
      const outcome = dialled.catch((error: unknown) => error)
      const stream = await nth('CONNECT', place)
      stream.respond({ ':status': 503 })
      stream.end(answer)
      expect(await soon(outcome)).toMatchObject({ code: place === 0 ? 'too_many' : 'bad_answer' })
    }
    await eventually('its streams are closed', () => session.streams() === 0, 3_000)
  })

  it('ends with the caller’s reason, and leaves no stream', async () => {
    const { session, nth } = await tunnel()
    const asking = new AbortController()
    const outcome = session.dial(berta, asking.signal).catch((error: unknown) => error)
    await nth('CONNECT', 0)
    asking.abort(new Error('changed its mind'))
    expect(await soon(outcome)).toMatchObject({ message: 'changed its mind' })
    await eventually('its stream is closed', () => session.streams() === 0, 3_000)
    await expect(session.dial(berta, asking.signal)).rejects.toThrow('changed its mind')
  })

  it('uses the lane when there is one, else the tunnel', async () => {
    const { place, lane } = await lanePlace()
    const { session, nth } = await tunnel(place)
    const over = session.dial(berta, signal())
    const stream = await nth('CONNECT', 0)
    stream.respond(withTicket)
    const socket = await lane(0)
    socket.write('FCN-LANE ok\n')
    const near = await soon(over)
    near.write('over the lane')
    await eventually('it arrives there', () => String(socket.read() ?? '').endsWith('over the lane'), 3_000)
    near.destroy()
    const without = session.dial(berta, signal())
    const second = await nth('CONNECT', 1)
    second.respond(withTicket)
    ;(await lane(1)).end() // the hub does not want it after all
    const through = await soon(without)
    through.write('in the tunnel')
    expect(String((await soon(once(second, 'data')))[0])).toBe('in the tunnel')
  })

  it('fails when the tunnel breaks, before and after', async () => {
    const { session, hub, nth } = await tunnel()
    const outcome = session.dial(berta, signal()).catch((error: unknown) => error)
    await nth('CONNECT', 0)
    hub.destroy()
    expect(await soon(outcome)).toMatchObject({ code: 'unreachable' })
    await expect(session.dial(berta, signal())).rejects.toMatchObject({ code: 'unreachable' })
  })
})
