/** A hub's end of one member's tunnel: takes what the member asks for, and reaches it on the streams that it keeps open. */
import { performServerHandshake, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2'
import type { Duplex } from 'node:stream'
import type { NodeId } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import { acceptPath, askHeaders, sessionOptions, sessionWindow } from '../protocol/tunnel-protocol.ts'

/** Streams that a member may keep waiting. */
const maxParked = 8
/** Who waits for a member to open its next stream: connections together, those of one node, and how long, ms. */
const maxCallers = 512
const maxOfOne = 160
const callLimit = 3_000

export interface HubSession {
  /** A stream that the member has open and that nobody uses yet, for that node. Rejects when the member opens none in time. */
  call(from: NodeId): Promise<ServerHttp2Stream>
  /** It was not needed after all. */
  giveBack(stream: ServerHttp2Stream): void
  readonly isOpen: boolean
  close(): void
}

/** Who waits for the member's next stream. */
interface Caller {
  from: NodeId
  take: (stream: ServerHttp2Stream) => void
  fail: () => void
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
  const callers = new Set<Caller>()

  session.on('error', () => session.destroy()) // a member that breaks the protocol concerns nobody else
  session.once('close', () => {
    for (const { fail } of callers) fail()
    events.closed()
  })
  session.on('stream', (stream, headers) => {
    stream.on('error', () => stream.destroy())
    const asked = askHeaders.safeParse(headers)
    if (!asked.success) refuse(stream, 400)
    else if (asked.data[':path'] === acceptPath) {
      stream.once('close', () => unpark(stream))
      park(stream)
    } else events.dial(asked.data[':authority'] as NodeId, stream)
  })

  function unpark(stream: ServerHttp2Stream): void {
    const place = parked.indexOf(stream)
    if (place >= 0) parked.splice(place, 1)
  }

  function park(stream: ServerHttp2Stream): void {
    const [caller] = callers
    if (caller) caller.take(stream)
    else if (parked.length >= maxParked) refuse(stream, 429)
    else parked.push(stream)
  }

  return {
    get isOpen() {
      return !session.closed && !session.destroyed
    },
    giveBack(stream) {
      if (!stream.headersSent && !stream.destroyed) park(stream)
    },
    call(from) {
      const stream = parked.shift()
      if (stream) return Promise.resolve(stream)
      const own = [...callers].filter((caller) => caller.from === from)
      if (callers.size >= maxCallers || own.length >= maxOfOne) {
        return Promise.reject(new FcnError('busy', 'Too many want to reach this node through the hub.'))
      }
      return new Promise((resolve, reject) => {
        const end = (act: () => void) => {
          callers.delete(caller)
          cancel()
          act()
        }
        const fail = () => end(() => reject(new FcnError('unreachable', 'The node does not answer the hub.')))
        const caller: Caller = { from, fail, take: (opened) => end(() => resolve(opened)) }
        const cancel = clock.after(callLimit, fail)
        callers.add(caller)
      })
    },
    close: () => session.destroy(),
  }
}

function refuse(stream: ServerHttp2Stream, status: number): void {
  stream.respond({ ':status': status }, { endStream: true })
}
