import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { NodeId, PeerResponse } from '../components.ts'
import { FcnError, toFcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import { outgoingHeaders, type Origin, returnedHeaders } from './exchange.ts'
import { errorHeader, sendFailure } from './failure-answer.ts'
import { firstOf, mayTryNext } from './failover.ts'
import type { Hop, Traffic } from './hop.ts'
import { createLentBody } from './lent-body.ts'

export interface ForwarderComponents {
  node: NodeId
  clock: Clock
  isNodeSecret: (value: string) => boolean
}

export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  origin: Origin
  requestId: string
  /** In the order in which to ask. */
  hops: readonly Hop[]
  /** Ends the exchange: when the node stops, and from inside when the caller goes away. */
  abort: AbortController
}

/** Longest wait for the head of an answer, ms. Long, because a model may think before its first word. */
const headersTimeout = 600_000
/** How long the rest of a body that nobody wants is still taken in, ms, so that its sender can read the answer. */
const linger = 5_000

/**
 * Carries one HTTP exchange: request and answer stream through in constant memory, each side's pace is the other's, and
 * whoever goes away takes the other side with it. Never rejects; the caller of the exchange gets every error.
 */
export function createForwarder({ node, clock, isNodeSecret }: ForwarderComponents) {
  return async function forward({ request, response, origin, requestId, hops, abort }: Exchange): Promise<Traffic> {
    const { signal } = abort
    response.once('close', () => {
      if (!response.writableFinished) abort.abort(new Error('The caller has gone.'))
    })
    const body = createLentBody(request, hasBody(request))
    const traffic: Traffic = { bytesIn: 0, bytesOut: 0 }
    const method = request.method ?? 'GET'
    const started = clock.monotonic()
    const attempt = () => ({ method, touched: body.touched })

    try {
      const headers = outgoingHeaders(request, origin, requestId, { node, isNodeSecret })
      if (!hasBody(request)) delete headers['content-length'] // the client for the next hop says so itself
      const ask = async (hop: Hop) => {
        const lent = body.lend()
        try {
          const answer = await hop.request({ method, headers, body: lent, signal, headersTimeout })
          if (hop !== hops.at(-1)) await passOver(answer, attempt)
          return answer
        } catch (error) {
          lent?.destroy()
          throw error
        }
      }
      const { hop, answer } = await firstOf(hops, ask, attempt, signal)
      const took = clock.monotonic() - started
      const head = returnedHeaders(answer.headers, { hop, origin, requestId, node, took })
      await deliver(answer, head, response, (bytes) => (traffic.bytesOut += bytes))
    } catch (error) {
      sendFailure(response, toFcnError(error), requestId)
    }
    traffic.bytesIn = body.bytes
    if (!request.complete) clock.after(linger, () => void (request.complete || request.destroy()))
    return traffic
  }
}

/** A peer that says it cannot serve is passed over like one that cannot be reached. */
async function passOver({ headers, body }: PeerResponse, attempt: () => { method: string; touched: boolean }): Promise<void> {
  const code = headers[errorHeader]
  if (typeof code !== 'string' || !passedOver.has(code)) return
  const error = new FcnError('bad_answer', `The node says that it cannot serve this now (${code}).`)
  if (!mayTryNext(error, attempt())) return
  body.on('error', () => undefined).destroy() // its end is of no interest
  throw error
}

const passedOver = new Set(['backend_failed', 'capability_off', 'not_found', 'not_granted', 'not_member', 'busy', 'timeout'])

async function deliver(
  { status, body }: PeerResponse,
  headers: Record<string, string | string[]>,
  response: ServerResponse,
  count: (bytes: number) => void,
): Promise<void> {
  if (response.destroyed) {
    body.on('error', () => undefined).destroy() // the caller has gone, and with it everybody who could be told
    return
  }
  if (status === 204) delete headers['content-length']
  try {
    response.writeHead(status, headers)
  } catch (error) {
    body.on('error', () => undefined).destroy()
    throw new FcnError('bad_answer', 'The answer of the service has headers that cannot be passed on.', { cause: error })
  }
  // the length is unknown where an answer may take long to begin: its head must not wait for its first byte
  if (headers['content-length'] === undefined) response.flushHeaders()
  body.on('data', (chunk: Buffer) => count(chunk.length))
  await pipeline(body, response)
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] !== undefined && headers['content-length'] !== '0')
