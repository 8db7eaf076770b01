/**
 * Connections to nodes: TLS 1.3 with our certificate, and whoever answers must own the expected key. Certificates are
 * self-signed, so no authority is asked: the hash of the key is the identity, and TLS 1.3 proves that the peer owns it.
 */
import type { Duplex } from 'node:stream'
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls'
import { buildConnector } from 'undici'
import type { Identity, NodeId } from '../components.ts'
import { DialError } from './network-error.ts'
import { FcnError } from '../errors.ts'
import { idOfPublicKey } from '../identity/node-id.ts'
import { hostOf } from '../support/authority.ts'
import { createDialGuard } from '../support/dial-guard.ts'

interface PinnedConnectorOptions {
  /** Null accepts any node, for the first contact; `onPeer` then tells which one it is. */
  expected: NodeId | null
  /** Longest time until TLS is up, ms. */
  connectTimeout: number
  onPeer?: (node: NodeId) => void
}

/** How this node shows its key when it dials; made once, since reading a key and a certificate takes a millisecond. */
export function createDialContext({ tls: { key, cert } }: Pick<Identity, 'tls'>): SecureContext {
  return createSecureContext({ key, cert, minVersion: 'TLSv1.3' })
}

/** For undici's `connect` option. Fails with a DialError, `key_mismatch` among them, before a byte of a request is sent. */
export function createPinnedConnector(
  { context }: { context: SecureContext },
  { expected, connectTimeout, onPeer }: PinnedConnectorOptions,
): buildConnector.connector {
  // that an address may be this node itself is no matter here: its own key is never the expected one
  const guard = createDialGuard()
  const connect = buildConnector({
    secureContext: context,
    rejectUnauthorized: false, // replaced by the pin below, which is stricter
    maxCachedSessions: 0, // a resumed session shows no peer certificate
    allowH2: false,
    timeout: connectTimeout,
    lookup: guard.lookup(0),
  })

  return (options, callback) => {
    try {
      guard.check(hostOf(options), 0)
    } catch (error) {
      callback(DialError.of(error), null)
      return
    }
    connect(options, (...[error, socket]) => {
      if (error) {
        callback(DialError.of(error), null)
        return
      }
      const node = socket instanceof TLSSocket ? nodeBehind(socket) : null
      if (node === null || (expected !== null && node !== expected)) {
        socket.destroy()
        callback(DialError.of(mismatch(expected, node)), null)
        return
      }
      onPeer?.(node)
      endOnError(socket)
      callback(null, socket)
    })
  }
}

/** TLS tells that bytes were altered and stays open; undici waits for the end of the connection before it fails what is under way. */
export const endOnError = (socket: Duplex): void => void socket.on('error', () => socket.destroy())

/** Why the one at the other end is not the expected node; null when it is. */
export function checkPin(socket: TLSSocket, expected: NodeId): FcnError | null {
  const node = nodeBehind(socket)
  return node === expected ? null : mismatch(expected, node)
}

/** Node id of the key on the other end; null without a certificate. */
export function nodeBehind(socket: TLSSocket): NodeId | null {
  const certificate = socket.getPeerX509Certificate()
  return certificate ? idOfPublicKey(certificate.publicKey.export({ type: 'spki', format: 'der' })) : null
}

function mismatch(expected: NodeId | null, found: NodeId | null): FcnError {
  if (found === null) return new FcnError('key_mismatch', 'What answers at this address shows no key.')
  return new FcnError('key_mismatch', 'Another node answers at this address.', { details: { expected, found } })
}
