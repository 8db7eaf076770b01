/**
 * HTTP between two parts of this process: a server that listens nowhere, and the client's end of connections to it. There is no
 * port that others could find, and nothing to prove. Bodies, pace and cancelling are those of any HTTP connection.
 */
import { createServer, type RequestListener } from 'node:http'
import { type Duplex, duplexPair } from 'node:stream'
import type { buildConnector } from 'undici'

export interface InProcessServer {
  /** For undici's `connect` option, and whoever else makes connections by it. */
  connect: buildConnector.connector
  /** Ends every connection, and with it what is under way. */
  close(): void
}

/** Whatever connects is answered by `serve`. */
export function createInProcessServer(serve: RequestListener): InProcessServer {
  // both ends are ours: a connection that rests is closed by the client, or with the node
  const server = createServer({ keepAliveTimeout: 0 }, serve)
  const open = new Set<Duplex>()
  let closed = false

  return {
    connect(_options, done) {
      if (closed) {
        process.nextTick(done, new Error('The server has been closed.'), null)
        return
      }
      const [near, far] = duplexPair()
      tie(near, far)
      for (const end of [near, far]) {
        open.add(end)
        end.once('close', () => open.delete(end))
      }
      server.emit('connection', far)
      // undici asks of a socket no more than any byte stream has, and expects it later, as it comes from a network
      process.nextTick(done, null, near)
    },
    close() {
      closed = true
      for (const end of open) end.destroy()
    },
  }
}

/** When one end is gone the other one is too, as with a socket: so that a client that leaves cancels the work. */
function tie(near: Duplex, far: Duplex): void {
  for (const [end, other] of [
    [near, far],
    [far, near],
  ] as const) {
    end.on('error', () => end.destroy())
    end.once('close', () => other.destroy())
  }
}
