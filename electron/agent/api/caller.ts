import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Caller, NodeId } from '../components.ts'
import { idOfPublicKey } from '../identity/node-id.ts'
import { relayUrl } from '../protocol/relay-url.ts'
import { isLoopback, plainAddress } from '../support/loopback.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who makes this request, by the connection it came over. */
    readonly caller: Caller
  }
}

export type CallerOf = (socket: Socket) => Caller

/**
 * Tells who is at the other end of a connection, once per connection; `hubOf` knows those that came through a hub. TLS 1.3 has proved by then that the client holds
 * the certificate's key; the certificate's other contents (name, dates, issuer) mean nothing here.
 */
export function createCallers(hubOf: (socket: Socket) => NodeId | null = () => null): CallerOf {
  const known = new WeakMap<Socket, Caller>()
  return (socket) => {
    const seen = known.get(socket)
    if (seen !== undefined) return seen
    const caller = identify(socket, hubOf(socket))
    known.set(socket, caller)
    return caller
  }
}

function identify(socket: Socket, hub: NodeId | null): Caller {
  const address = hub === null ? plainAddress(socket.remoteAddress ?? '') : relayUrl(hub)
  if (!(socket instanceof TLSSocket)) return { kind: 'plain', address, loopback: isLoopback(address) }
  // a resumed session shows the certificate of its first connection and proves only that somebody has its ticket
  const certificate = socket.isSessionReused() ? undefined : socket.getPeerX509Certificate()
  if (certificate === undefined) return { kind: 'anonymous', address }
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' })
  return { kind: 'node', id: idOfPublicKey(spki), publicKey: spki.toString('base64url'), address }
}
