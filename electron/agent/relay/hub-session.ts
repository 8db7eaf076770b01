/** A hub's end of one member's tunnel: takes what the member asks for, and reaches it on the streams that it keeps open. */
import { performServerHandshake, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2'
import type { Duplex } from 'node:stream'
import type { NodeId } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import { acceptPath, askHeaders, sessionOptions, sessionWindow } from './tunnel-protocol.ts'

/** Streams that a member may keep waiting. */
const maxParked = 8
/** Who waits for a member to open its next stream, and how long, ms. */
const maxCallers = 64
const callLimit = 3_000

export interface HubSession {
  /** A stream that the member has open and that nobody uses yet. Rejects when it opens none in time. */
  call(): Promise<ServerHttp2Stream>
  /** Streams under way, waiting ones included. */
  readonly isOpen: boolean
  close(): void
}

interface HubSessionEvents {
  /** The member wants to reach that node. */
  dial: (node: NodeId, stream: ServerHttp2Stream) => void
  closed: () => void
}

export function createHubSession({ clock }: { clock: Clock }, socket: Duplex, events: HubSessionEvents): HubSession {
  const session: ServerHttp2Session = performServerHandshake(socket, sessionOptions)
  session.setLocalWindowSize(sessionWindow)
  const parked: ServerHttp2Stream[] = []
  const callers = new Set<(stream: ServerHttp2Stream) => void>()

  session.on('error', () => session.destroy()) // a member that breaks the protocol concerns nobody else
  session.once('close', events.closed)
  session.on('stream', (stream, headers) => {
    stream.on('error', () => stream.destroy())
    const asked = askHeaders.safeParse(headers)
    if (!asked.success) refuse(stream, 400)
    else if (asked.data[':path'] === acceptPath) park(stream)
    else events.dial(asked.data[':authority'] as NodeId, stream)
  })

  function park(stream: ServerHttp2Stream): void {
    const [caller] = callers
    if (caller) caller(stream)
    else if (parked.length >= maxParked) refuse(stream, 429)
    else {
      parked.push(stream)
      stream.once('close', () => {
        const place = parked.indexOf(stream)
        if (place >= 0) parked.splice(place, 1)
      })
    }
  }

  return {
    get isOpen() {
      return !session.closed && !session.destroyed
    },
    call() {
      const stream = parked.shift()
      if (stream) return Promise.resolve(stream)
      if (callers.size >= maxCallers) return Promise.reject(new FcnError('busy', 'Too many want to reach this node through the hub.'))
      return new Promise((resolve, reject) => {
        const take = (opened: ServerHttp2Stream) => {
          callers.delete(take)
          cancel()
          resolve(opened)
        }
        const cancel = clock.after(callLimit, () => {
          callers.delete(take)
          reject(new FcnError('unreachable', 'The node does not answer the hub.'))
        })
        callers.add(take)
      })
    },
    close: () => session.destroy(),
  }
}

function refuse(stream: ServerHttp2Stream, status: number): void {
  stream.respond({ ':status': status }, { endStream: true })
}
