import type { Socket } from 'node:net'
import type { Clock } from '../support/clock.ts'

/** First byte of every TLS connection: the content type "handshake" (RFC 8446, 5.1). No HTTP method begins with it. */
const tlsHandshake = 0x16

/**
 * Waits for the first byte of a fresh connection, puts it back and says which protocol it begins. A connection that
 * sends none within `limit` ms, or ends before, is destroyed and never reported.
 */
export function onFirstByte(clock: Clock, socket: Socket, limit: number, decide: (protocol: 'tls' | 'plain') => void): void {
  const cancel = clock.after(limit, () => socket.destroy())
  socket.once('close', cancel)
  socket.once('readable', () => {
    cancel()
    const first = socket.read(1) as Buffer | null
    if (first === null) {
      socket.destroy() // ended without a word
      return
    }
    socket.unshift(first)
    decide(first[0] === tlsHandshake ? 'tls' : 'plain')
  })
}
