import type { Socket } from 'node:net'
import { beginsLane, laneHeadLength } from '../protocol/tunnel-protocol.ts'
import type { Clock } from '../support/clock.ts'

/** What a connection begins with. */
export type Protocol = 'tls' | 'plain' | 'h2c' | 'lane'

/** First byte of every TLS connection: the content type "handshake" (RFC 8446, 5.1). No HTTP method begins with it. */
const tlsHandshake = 0x16
/** Beginning of the preface of HTTP/2 (RFC 9113, 3.4), which no request of HTTP/1.1 has. */
const preface = 'PRI * HTTP/2.0\r\n'

/**
 * Waits for the first bytes of a fresh connection, puts them back and says which protocol they begin. A connection that
 * sends none, or too few to tell, within `limit` ms is destroyed and reported as silent; one that ends before is destroyed.
 */
export function onFirstByte(
  clock: Clock,
  socket: Socket,
  limit: number,
  { decide, silent }: { decide: (protocol: Protocol) => void; silent: () => void },
): void {
  const cancel = clock.after(limit, () => {
    silent()
    socket.destroy()
  })
  socket.once('close', cancel)
  let seen: Buffer = Buffer.alloc(0)
  const look = () => {
    const bytes = socket.read() as Buffer | null
    if (bytes === null) {
      cancel()
      socket.destroy() // ended without a word
      return
    }
    seen = seen.length === 0 ? bytes : Buffer.concat([seen, bytes])
    const protocol = protocolOf(seen)
    if (protocol === null) {
      socket.once('readable', look)
      return
    }
    cancel()
    socket.unshift(seen)
    decide(protocol)
  }
  socket.once('readable', look)
}

/** Null when more bytes are needed to tell. */
function protocolOf(bytes: Buffer): Protocol | null {
  if (bytes[0] === tlsHandshake) return 'tls'
  const begin = bytes.toString('latin1', 0, preface.length)
  if (begin === preface) return 'h2c'
  const lane = beginsLane(bytes.toString('latin1', 0, laneHeadLength))
  if (lane === true) return 'lane'
  return lane === null || preface.startsWith(begin) ? null : 'plain'
}
