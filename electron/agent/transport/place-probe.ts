/**
 * Finds out what answers where a peer should: the peer, or something that answers in its place. Shows no certificate and
 * says nothing of this node, since a stranger may be listening.
 */
import { createHash } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import { Client } from 'undici'
import type { NodeId } from '../components.ts'
import type { PlaceAnswer, PlaceProbe } from '../network/portal.ts'
import { hostOf, portOf } from '../support/authority.ts'
import { boundedText } from '../support/bounded-body.ts'
import type { DialGuard } from '../support/dial-guard.ts'
import { networkError } from './network-error.ts'
import { originOf, parseNodeUrl } from './node-url.ts'
import { createPinnedConnector } from './pinned-connector.ts'

/** Longest time for a look, ms: what stands in between is near. */
const lookLimit = 3_000
/** Longest page read, bytes; a longer one is none that many addresses share. */
const pageLimit = 64 * 1024
/** Network Authentication Required (RFC 6585). */
const signInStatus = 511

interface PlaceProbeComponents {
  guard: DialGuard
  /** Whether plain HTTP may be spoken to other machines now. */
  mayAskPlainly: () => boolean
}

export function createPlaceProbe({ guard, mayAskPlainly }: PlaceProbeComponents, { limit = lookLimit } = {}): PlaceProbe {
  // an old version will do: what matters is the key that is shown
  const context = createSecureContext({ minVersion: 'TLSv1.2' })

  async function askPlainly(url: URL, signal: AbortSignal): Promise<PlaceAnswer> {
    const client = new Client(originOf(url, 'http'), { connect: guard.connector(limit) })
    try {
      const { statusCode, headers, body } = await client.request({ method: 'GET', path: '/', signal })
      if (statusCode === signInStatus) return { kind: 'sign-in' }
      const host = statusCode >= 300 && statusCode < 400 ? foreignHost(headers.location, url) : null
      if (host !== null) return { kind: 'redirect', host }
      const text = await boundedText(body, pageLimit)
      if (text === null || text === '') return { kind: 'nothing' }
      return { kind: 'page', hash: createHash('sha256').update(text).digest('base64url') }
    } finally {
      await client.destroy()
    }
  }

  return {
    async ask(node, address, signal) {
      const within = AbortSignal.any([signal, AbortSignal.timeout(limit)])
      try {
        within.throwIfAborted()
        const url = parseNodeUrl(address)
        const shown = await keyAt(url, within)
        if (shown === node) return { kind: 'peer' }
        if (shown !== null) return { kind: 'stranger', key: shown }
        return mayAskPlainly() ? await askPlainly(url, within) : { kind: 'nothing' }
      } catch {
        return { kind: 'nothing' } // silence, a refusal or nonsense: none says that something answers in the place of others
      }
    },
  }

  /** The key shown there; null when what answers speaks no TLS. Rejects when nothing answers. */
  function keyAt(url: URL, signal: AbortSignal): Promise<NodeId | null> {
    return new Promise((resolve, reject) => {
      let shown: NodeId | null = null
      const onPeer = (node: NodeId) => void (shown = node)
      const connect = createPinnedConnector({ context }, { expected: null, connectTimeout: limit, onPeer })
      const onAbort = () => reject(signal.reason as Error)
      signal.addEventListener('abort', onAbort, { once: true })
      connect({ hostname: hostOf(url), host: url.host, port: String(portOf(url)), protocol: 'https:' }, (error, socket) => {
        signal.removeEventListener('abort', onAbort)
        socket?.destroy()
        if (error === null || speaksNoTls(error)) resolve(shown)
        else reject(error)
      })
    })
  }
}

/** It took the connection and answered with something else, or hung up on what it did not understand. */
function speaksNoTls(error: Error): boolean {
  const { cause } = networkError(error)
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code === 'EPROTO' || code === 'ECONNRESET'
}

/** Host that a `Location` leads to when it is another than the one asked. */
function foreignHost(location: string | string[] | undefined, asked: URL): string | null {
  const target = typeof location === 'string' ? URL.parse(location, asked.href) : null
  if (target === null || !/^https?:$/u.test(target.protocol) || target.hostname === '') return null
  return target.hostname === asked.hostname ? null : target.hostname
}
