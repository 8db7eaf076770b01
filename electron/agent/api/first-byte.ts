import type { Socket } from 'node:net'
import type { Clock } from '../support/clock.ts'

/** First byte of every TLS connection: the content type "handshake" (RFC 8446, 5.1). No HTTP method begins with it. */
const tlsHandshake = 0x16

/**
 * Waits for the first byte of a fresh connection, puts it back and says which protocol it begins. A connection that
 * sends none within `limit` ms is destroyed and reported as silent; one that ends before is destroyed.
 */
export function onFirstByte(
  clock: Clock,
  socket: Socket,
  limit: number,
  { decide, silent }: { decide: (protocol: 'tls' | 'plain') => void; silent: () => void },
): void {
  const cancel = clock.after(limit, () => {
    silent()
    socket.destroy()
  })
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
