/** A member's end of its tunnel to a hub: reaches others through it, and takes those who want to reach this member. */
import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2'
import type { Duplex } from 'node:stream'
import { text } from 'node:stream/consumers'
import { failure } from '../../contract/failure.ts'
import type { NodeId } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import { parseJson } from '../support/json.ts'
import { dialLane, type Place } from './lane-dial.ts'
import { acceptPath, answerHeaders, laneHeader, sessionOptions, sessionWindow } from './tunnel-protocol.ts'

/** The tunnel is asked whether it is there after this time, ms: shorter than what the most forgetful routers remember (20 s). */
const pingEvery = 15_000
/** A ping that is not answered by then ends the tunnel, ms. */
const pingLimit = 5_000
/** Longest wait for a lane, ms; then the tunnel carries the connection. */
const laneLimit = 1_000
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
  let cancelPing = () => undefined as void

  session.once('connect', () => session.setLocalWindowSize(sessionWindow))
  session.on('error', () => session.destroy())
  session.once('close', () => {
    cancelPing()
    socket.destroy()
    components.closed()
  })

  function ping(): void {
    if (pinging || session.destroyed) return
    pinging = true
    cancelPing()
    cancelPing = clock.after(pingLimit, () => session.destroy())
    session.ping((error, duration) => {
      pinging = false
      cancelPing()
      if (error || session.destroyed) return
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

  /** Keeps one stream open for whoever wants to reach this node next. */
  function park(): void {
    if (session.closed || session.destroyed) return
    const stream = session.request({ ':method': 'POST', ':path': acceptPath })
    stream.on('error', () => stream.destroy())
    stream.once('response', (headers) => {
      const answer = answerHeaders.safeParse(headers)
      if (answer.data?.[':status'] !== 200) {
        session.destroy() // a hub that takes none is of no use
        return
      }
      park()
      count(stream)
      take(stream, answer.data[laneHeader])
    })
  }

  /** The other side decides whether the lane or the tunnel is used: by what it sends first. */
  function take(stream: ClientHttp2Stream, ticket: string | undefined): void {
    let taken = false
    stream.once('readable', () => {
      if (stream.readableEnded || stream.readableLength === 0) stream.resume().end()
      else if (taken) stream.destroy()
      else {
        taken = true
        components.incoming(stream)
      }
    })
    if (ticket === undefined || place === null) return
    const open = async (at: Place) => {
      const lane = await dialLane(at, ticket, AbortSignal.timeout(pingLimit)).catch(() => null) // the tunnel is left
      if (lane === null) return
      if (taken) lane.destroy()
      else {
        taken = true
        components.incoming(lane)
      }
    }
    void open(place)
  }

  park()
  ping()

  return {
    ping,
    latency: () => latencyMs,
    streams: () => streams,
    close: () => session.destroy(),
    async dial(node, signal) {
      if (session.closed || session.destroyed) throw new FcnError('unreachable', 'The tunnel to the hub is down.')
      const stream = session.request({ ':method': 'CONNECT', ':authority': node }, { signal })
      count(stream)
      const ticket = await granted(stream)
      if (ticket === undefined || place === null) return stream
      const late = AbortSignal.any([signal, AbortSignal.timeout(laneLimit)])
      const lane = await dialLane(place, ticket, late).catch(() => null)
      if (lane === null) return stream
      stream.resume().end()
      return lane
    },
  }
}

/** The ticket for a lane, where there is one. Rejects with the hub's reason when it refuses. */
function granted(stream: ClientHttp2Stream): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const broken = () => reject(new FcnError('unreachable', 'The tunnel to the hub broke off.'))
    stream.on('error', broken).once('close', broken)
    stream.once('response', (headers) => {
      const answer = answerHeaders.safeParse(headers)
      if (answer.data?.[':status'] === 200) {
        stream.off('error', broken).off('close', broken)
        stream.on('error', () => stream.destroy())
        resolve(answer.data[laneHeader])
      } else void refusal(stream).then(reject, broken)
    })
  })
}

async function refusal(stream: ClientHttp2Stream): Promise<FcnError> {
  const said = failure.safeParse(parseJson((await text(stream)).slice(0, maxRefusal)))
  return said.success ? FcnError.from(said.data) : new FcnError('bad_answer', 'The hub refuses and does not say why.')
}
