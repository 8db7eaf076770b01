/** Makes pinned connections to a node at one of its addresses: its own, or at a hub that passes bytes on. */
import { type SecureContext, type TLSSocket, connect as connectTls } from 'node:tls'
import type { Duplex } from 'node:stream'
import type { buildConnector } from 'undici'
import type { NodeId } from '../components.ts'
import { hubOf } from '../protocol/relay-url.ts'
import { hostOf, portOf } from '../support/authority.ts'
import { DialError } from './network-error.ts'
import { checkPin, createPinnedConnector, endOnError } from './pinned-connector.ts'

/** Longest time until an address has shown its key, ms; longer delays the next address, shorter loses slow links. */
const connectTimeout = 3_000
/** The same through a hub, which has to ask the other side first. */
const relayTimeout = 8_000

/** Opens a byte stream to a node that is attached to a hub. Rejects with FcnError. */
export type RelayDial = (hub: NodeId, node: NodeId, signal: AbortSignal) => Promise<Duplex>

interface DialComponents {
  context: SecureContext
  relayDial: RelayDial
}

export interface Dial {
  /** For undici's `connect` option. */
  connector(node: NodeId, url: string): buildConnector.connector
  /** One connection, up and pinned. */
  connect(node: NodeId, url: string, signal: AbortSignal): Promise<TLSSocket>
}

export function createDial({ context, relayDial }: DialComponents): Dial {
  async function throughHub(hub: NodeId, node: NodeId, caller?: AbortSignal): Promise<TLSSocket> {
    const late = AbortSignal.timeout(relayTimeout)
    const signal = caller ? AbortSignal.any([caller, late]) : late
    try {
      return await secured(await relayDial(hub, node, signal), { context, expected: node, signal })
    } catch (error) {
      throw late.aborted ? new DialError('timeout', 'The peer did not answer through the hub in time.') : DialError.of(error)
    }
  }

  const directConnector = (node: NodeId) => createPinnedConnector({ context }, { expected: node, connectTimeout })

  function directly(node: NodeId, url: URL, signal: AbortSignal): Promise<TLSSocket> {
    const { host, protocol } = url
    const where = { hostname: hostOf(url), host, protocol, port: String(portOf(url)) }
    return new Promise((resolve, reject) => {
      const onAbort = () => reject(signal.reason as Error)
      signal.addEventListener('abort', onAbort, { once: true })
      directConnector(node)(where, (...[error, socket]) => {
        signal.removeEventListener('abort', onAbort)
        if (error) reject(error)
        else if (signal.aborted) socket.destroy()
        else resolve(socket as TLSSocket)
      })
    })
  }

  return {
    connector(node, url) {
      const hub = hubOf(url)
      if (hub === null) return directConnector(node)
      return (_options, callback) =>
        void throughHub(hub, node).then(
          (socket) => callback(null, socket),
          (error: Error) => callback(error, null),
        )
    },
    connect(node, url, signal) {
      const hub = hubOf(url)
      return hub === null ? directly(node, new URL(url), signal) : throughHub(hub, node, signal)
    },
  }
}

/** What stands in for an address that a relayed node does not have (RFC 6761, 6.4). */
export const originOfRelayed = (node: NodeId): string => `https://${node.toLowerCase()}.invalid:443`

/** TLS over a byte stream that somebody else passes on. */
function secured(
  stream: Duplex,
  { context, expected, signal }: { context: SecureContext; expected: NodeId; signal: AbortSignal },
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    stream.allowHalfOpen = false // as for every other connection to a node: half a TLS connection is of no use
    const socket = connectTls({ socket: stream, secureContext: context, rejectUnauthorized: false })
    const end = (error: Error | null) => {
      signal.removeEventListener('abort', onAbort)
      socket.off('error', onError).off('close', onClose)
      if (error === null) {
        endOnError(socket)
        resolve(socket)
        return
      }
      socket.on('error', () => undefined).destroy()
      reject(error)
    }
    const onAbort = () => end(signal.reason as Error)
    const onError = (error: Error) => end(error)
    const onClose = () => end(new DialError('unreachable', 'The hub gave the connection up.'))
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) {
      onAbort()
      return
    }
    socket
      .once('error', onError)
      .once('close', onClose)
      .once('secureConnect', () => end(checkPin(socket, expected)))
  })
}
