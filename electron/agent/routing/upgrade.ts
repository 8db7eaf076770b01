import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { FcnError, toFcnError } from '../errors.ts'
import { outgoingHeaders, returnedHeaders } from './exchange.ts'
import { refuseUpgrade } from './failure-answer.ts'
import { firstOf } from './failover.ts'
import type { Exchange, ForwarderComponents } from './forwarder.ts'
import type { Headers } from './header-rules.ts'
import type { Traffic } from './hop.ts'

export interface UpgradeExchange extends Omit<Exchange, 'response'> {
  socket: Duplex
  /** First bytes of the new protocol that came with the head. */
  head: Buffer
}

/** Longest wait for the answer to an upgrade, ms. */
const headersTimeout = 30_000
/** How long the other direction may still finish after one has ended, ms. */
const halfOpen = 5_000

/**
 * Carries one WebSocket: asks for the upgrade, then moves bytes both ways until one side ends. Other protocols are
 * refused: an upgrade to h2c would smuggle requests past every rule here. Never rejects.
 */
export function createUpgrader({ node, clock, isNodeSecret }: ForwarderComponents) {
  return async function upgrade(exchange: UpgradeExchange): Promise<Traffic> {
    const { request, socket, head, origin, requestId, hops, abort } = exchange
    const traffic: Traffic = { bytesIn: head.length, bytesOut: 0 }
    const { signal } = abort
    const onGone = () => abort.abort(new Error('The caller has gone.'))
    socket.once('close', onGone).on('error', onGone)
    const started = clock.monotonic()
    try {
      if (request.headers.upgrade?.toLowerCase() !== 'websocket') {
        throw new FcnError('invalid_input', 'Only WebSocket upgrades are forwarded.', { action: 'Ask without the Upgrade header.' })
      }
      const headers = outgoingHeaders(request, origin, requestId, { node, isNodeSecret })
      const message = { method: 'GET', headers, protocol: 'websocket', signal, headersTimeout }
      const attempt = () => ({ method: 'GET', touched: false })
      const { hop, answer } = await firstOf(hops, (hop) => hop.upgrade(message), attempt, signal)
      const took = clock.monotonic() - started
      socket.write(switching(returnedHeaders(answer.headers, { hop, origin, requestId, node, took })))
      if (head.length > 0) answer.socket.write(head)
      socket.on('data', (chunk: Buffer) => (traffic.bytesIn += chunk.length))
      answer.socket.on('data', (chunk: Buffer) => (traffic.bytesOut += chunk.length))
      await splice(socket, answer.socket, (task) => clock.after(halfOpen, task), signal)
    } catch (error) {
      refuseUpgrade(socket, toFcnError(error), requestId)
    }
    return traffic
  }
}

/** Moves bytes both ways. When one side has ended the other gets a moment to finish, then both are gone. */
function splice(a: Duplex, b: Duplex, later: (task: () => void) => () => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const close = () => {
      a.destroy()
      b.destroy()
    }
    let cancel = () => undefined as void
    let open = 2
    const onEnd = () => {
      cancel()
      cancel = later(close)
    }
    const onClose = (other: Duplex) => {
      other.end() // a broken side does not end the other by itself
      onEnd()
      if (--open > 0) return
      cancel()
      signal.removeEventListener('abort', close)
      resolve()
    }
    for (const [end, other] of [
      [a, b],
      [b, a],
    ] as const) {
      if (end instanceof Socket) end.setTimeout(0).setNoDelay(true).setKeepAlive(true, 30_000)
      end.on('error', () => end.destroy()).once('end', onEnd)
      end.pipe(other)
      if (end.closed) onClose(other)
      else end.once('close', () => onClose(other))
    }
    signal.addEventListener('abort', close, { once: true })
    if (signal.aborted) close()
  })
}

function switching(headers: Headers): string {
  delete headers['content-length']
  const lines = Object.entries({ ...headers, connection: 'Upgrade', upgrade: 'websocket' }).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => `${name}: ${one}\r\n`),
  )
  return `HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`
}
