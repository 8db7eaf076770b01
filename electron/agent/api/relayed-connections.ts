/** Connections that reached this node through a hub: byte streams on which the pinned TLS of peers begins here. */
import type { Duplex } from 'node:stream'
import { createSecureContext, TLSSocket } from 'node:tls'
import type { Identity } from '../components.ts'
import type { Clock } from '../support/clock.ts'
import type { ServerLimits } from './limits.ts'

interface RelayedConnectionsComponents {
  identity: Pick<Identity, 'tls'>
  clock: Clock
}

export interface RelayedConnections {
  /** Calls `ready` once the other side has shown its key; ends the stream when there are too many, or it does not in time. */
  take(stream: Duplex, ready: (socket: TLSSocket) => void): void
  closeAll(): void
}

export function createRelayedConnections(
  { identity, clock }: RelayedConnectionsComponents,
  { connections, handshake }: Pick<ServerLimits, 'connections' | 'handshake'>,
): RelayedConnections {
  const secureContext = createSecureContext({ ...identity.tls, minVersion: 'TLSv1.3' })
  const open = new Set<Duplex>()

  return {
    take(stream, ready) {
      stream.on('error', () => stream.destroy())
      if (open.size >= connections) {
        stream.destroy()
        return
      }
      stream.allowHalfOpen = false // as for all others: half a TLS connection is of no use
      open.add(stream)
      stream.once('close', () => open.delete(stream))
      const socket = new TLSSocket(stream, { isServer: true, secureContext, requestCert: true, rejectUnauthorized: false })
      const cancel = clock.after(handshake, () => socket.destroy())
      socket.on('error', () => socket.destroy())
      socket.once('close', () => {
        cancel()
        stream.destroy()
      })
      socket.once('secure', () => {
        cancel()
        ready(socket)
      })
    },
    closeAll() {
      for (const stream of open) stream.destroy()
    },
  }
}
