/** A member's end of its tunnel to a hub: reaches others through it, and takes those who want to reach this member. */
import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2'
import type { Duplex } from 'node:stream'
import { failure } from '../../contract/failure.ts'
import type { NodeId } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import { parseJson } from '../support/json.ts'
import { dialLane, type Place } from './lane-dial.ts'
import { acceptPath, answerHeaders, laneHeader, laneLimit, sessionOptions, sessionWindow } from '../protocol/tunnel-protocol.ts'

/** The tunnel is asked whether it is there after this time, ms: shorter than what the most forgetful routers remember (20 s). */
const pingEvery = 15_000
/** A ping that is not answered by then ends the tunnel, ms. */
const pingLimit = 5_000
/** Streams kept open for those who come next: as many new connections a round trip to the hub brings. */
const parkedAhead = 4
/** Longest wait for the first byte of somebody who reaches this node, ms. */
const firstByteLimit = 10_000
/** Longest answer of a hub that refuses, bytes. */
const maxRefusal = 16 * 1024

export interface TunnelSession {
  /** A byte stream to a node that is attached to the hub. Rejects with the hub's reason. */
  dial(node: NodeId, signal: AbortSignal): Promise<Duplex>
  /** Is it there? It ends when it is not. */
  ping(): void
  /** Last round trip, ms. */
  latency(): number | null
  /** Byte streams that go through it, lanes not counted. */
  streams(): number
  close(): void
}

interface TunnelSessionComponents {
  clock: Clock
  /** Where lanes are opened; null when the hub cannot be reached in that way. */
  place: Place | null
  /** Somebody reaches this node. */
  incoming: (stream: Duplex) => void
  measured: () => void
  closed: () => void
}

export function createTunnelSession(socket: Duplex, components: TunnelSessionComponents): TunnelSession {
  const { clock, place } = components
  const session: ClientHttp2Session = connect('http://hub.invalid', { ...sessionOptions, createConnection: () => socket })
  let latencyMs: number | null = null
  let streams = 0
  let pinging = false
  let cancelPing = clock.after(pingLimit, () => session.destroy())
  const ended = new AbortController()
  /** Of those who reach this node and have not said anything yet: what gives them up. */
  const undecided = new Set<() => void>()
  const lanes = new Set<Duplex>()

  const keepLane = (lane: Duplex) => {
    lanes.add(lane)
    lane.once('close', () => lanes.delete(lane))
  }

  session.once('connect', () => {
    if (session.destroyed) return
    session.setLocalWindowSize(sessionWindow)
    ping() // one that is asked for before is not sent
  })
  session.on('error', () => session.destroy())
  session.once('close', () => {
    cancelPing()
    ended.abort(new FcnError('unreachable', 'The tunnel to the hub is down.'))
    for (const giveUp of undecided) giveUp()
    socket.destroy()
    components.closed()
  })

  function ping(): void {
    if (pinging || session.connecting || session.destroyed) return
    pinging = true
    cancelPing()
    cancelPing = clock.after(pingLimit, () => {
      session.destroy()
      // the hub is not where they lead any more: whoever uses them would wait for what never comes
      for (const lane of lanes) lane.destroy()
    })
    session.ping((error, duration) => {
      pinging = false
      cancelPing()
      if (error) session.destroy()
      if (session.destroyed) return
      const before = latencyMs
      latencyMs = duration
      if (before === null) components.measured()
      cancelPing = clock.after(pingEvery, ping)
    })
  }

  function count(stream: ClientHttp2Stream): void {
    streams++
    stream.once('close', () => streams--)
  }

  /** Keeps a stream open for whoever wants to reach this node next. */
  function park(): void {
    if (session.closed || session.destroyed) return
    const stream = session.request({ ':method': 'POST', ':path': acceptPath })
    const useless = () => session.destroy() // a hub that takes none is of no use
    stream.on('error', () => stream.destroy()).once('close', useless)
    stream.once('response', (headers) => {
      const answer = answerHeaders.safeParse(headers)
      if (answer.data?.[':status'] !== 200) {
        useless()
        return
      }
      stream.off('close', useless)
      park()
      count(stream)
      void take(stream, answer.data[laneHeader])
    })
  }

  /** The other side decides whether the lane or the tunnel is used: by what it sends first. */
  async function take(stream: Duplex, ticket: string | undefined): Promise<void> {
    const ways = [stream]
    let isOver = false
    const end = (used: Duplex | null) => {
      isOver = true
      cancel()
      undecided.delete(giveUp)
      for (const way of ways) if (way !== used) way.destroy()
      if (used) components.incoming(used)
    }
    const listen = (way: Duplex) => {
      way.once('readable', () => {
        if (isOver) return
        if (way.readableLength > 0) end(way)
        else way.resume().end() // left for the other one
      })
    }
    const giveUp = () => end(null)
    const cancel = clock.after(firstByteLimit, giveUp)
    undecided.add(giveUp)
    listen(stream)
    if (ticket === undefined || place === null) return
    const lane = await dialLane(place, ticket, AbortSignal.any([ended.signal, AbortSignal.timeout(pingLimit)])).catch(() => null)
    if (lane === null) return // the tunnel is left
    lane.on('error', () => lane.destroy())
    if (isOver) {
      lane.destroy()
      return
    }
    keepLane(lane)
    ways.push(lane)
    listen(lane)
  }

  for (let ahead = 0; ahead < parkedAhead; ahead++) park()

  return {
    ping,
    latency: () => latencyMs,
    streams: () => streams,
    close: () => session.destroy(),
    async dial(node, signal) {
      if (session.closed || session.destroyed) throw new FcnError('unreachable', 'The tunnel to the hub is down.')
      signal.throwIfAborted()
      const stream = session.request({ ':method': 'CONNECT', ':authority': node })
      count(stream)
      const ticket = await granted(stream, signal)
      if (ticket === undefined || place === null) return stream
      const late = AbortSignal.any([signal, ended.signal, AbortSignal.timeout(laneLimit)])
      const lane = await dialLane(place, ticket, late).catch(() => null)
      if (signal.aborted) {
        for (const way of [stream, lane]) way?.destroy()
        throw signal.reason as Error
      }
      if (lane === null) return stream
      stream.resume().end()
      keepLane(lane)
      return lane
    },
  }
}

/** The ticket for a lane, where there is one. Rejects with the hub's reason when it refuses, and with the signal's. */
function granted(stream: ClientHttp2Stream, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const end = (act: () => void) => {
      signal.removeEventListener('abort', onAbort) // which ends the asking, not the connection that came about
      stream.off('close', broken)
      act()
    }
    const onAbort = () => {
      end(() => reject(signal.reason as Error))
      stream.destroy()
    }
    const broken = () => end(() => reject(new FcnError('unreachable', 'The tunnel to the hub broke off.')))
    signal.addEventListener('abort', onAbort, { once: true })
    stream.on('error', () => stream.destroy()).once('close', broken)
    stream.once('response', (headers) => {
      const answer = answerHeaders.safeParse(headers)
      const { data } = answer
      if (data?.[':status'] === 200) {
        end(() => resolve(data[laneHeader]))
        return
      }
      stream.off('close', broken) // it closes when it has said why
      void refusal(stream).then((error) => end(() => reject(error)), broken)
    })
  })
}

async function refusal(stream: ClientHttp2Stream): Promise<FcnError> {
  stream.end()
  let said = ''
  for await (const chunk of stream.setEncoding('utf8')) {
    said += String(chunk)
    if (said.length > maxRefusal) break
  }
  const answer = failure.safeParse(parseJson(said))
  return answer.success ? FcnError.from(answer.data) : new FcnError('bad_answer', 'The hub refuses and does not say why.')
}
