/**
 * Reaches peers by node id: sends requests over a small pool of kept connections per address. Another address is tried
 * only while nothing of the request has left this node.
 */
import { Readable } from 'node:stream'
import type { Duplex } from 'node:stream'
import type { Pool } from 'undici'
import { failure } from '../../contract/failure.ts'
import type { NodeId, PeerRequest, PeerResponse, Transport } from '../components.ts'
import { FcnError } from '../errors.ts'
import { type AnswerHandler, dispatchTo, type StreamedRequest } from '../support/answer-handler.ts'
import { askUpgrade, type UpgradeAnswer } from '../support/http-upgrade.ts'
import { parseJson } from '../support/json.ts'
import { dispatchWithTrailers } from '../support/trailer-request.ts'
import { unlessAborted } from '../support/unless-aborted.ts'
import { codeOf, DialError, networkError } from './network-error.ts'
import { PeerAnswer } from './peer-answer.ts'
import { isOverloaded } from './pools.ts'
import { createWays, newSearch, notRunning, type Reason, type Search, type WaysComponents } from './ways.ts'

const defaultHeadersTimeout = 60_000

export function createTransport(components: WaysComponents): Transport {
  const ways = createWays(components)
  const { choose, reached, failed } = ways
  const upgraded = new Set<Duplex>()

  /** Runs `attempt` against one address after the other until one is reached. */
  async function overAddresses<T>(node: NodeId, attempt: Attempt<T>): Promise<T> {
    const search = newSearch(attempt.directly)
    for (;;) {
      if (ways.isStopped()) throw notRunning()
      attempt.signal.throwIfAborted()
      const url = await unlessAborted(Promise.resolve(choose(node, search)), attempt.signal)
      if (url === null) throw unreachable(search.reasons)
      search.tried.add(url)
      try {
        // undici heeds a signal only once the connection is up; the caller must not wait for that
        const answer = await unlessAborted(attempt.run(ways.to(node, url).pool), attempt.signal, attempt.discard)
        reached(node, url)
        return answer
      } catch (thrown) {
        if (thrown instanceof FcnError && thrown.code === 'bad_answer') throw thrown
        if (attempt.signal.aborted) throw aborted(node, url, attempt.signal)
        const error = networkError(thrown)
        const beforeSending = error instanceof DialError
        failed(node, url, error)
        // a slow answer would be as slow by another way
        if ((error.code === 'timeout' && !beforeSending) || attempt.spent() || (!beforeSending && !attempt.repeatable)) throw error
        search.reasons.push({ url, error })
      }
    }
  }

  /** The caller's wait is over: that is its reason, but also a fact about the address, unless the caller lost interest. */
  function aborted(node: NodeId, url: string, signal: AbortSignal): unknown {
    const late = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError'
    const reason: unknown = late ? new FcnError('timeout', 'The peer did not answer in time.') : signal.reason
    if (reason instanceof FcnError && reason.code === 'timeout') failed(node, url, reason)
    return reason
  }

  /** Sends it to one address; when nothing of it has left, to the next one. */
  function dispatchOver(node: NodeId, request: StreamedRequest, handler: AnswerHandler, search: Search): void {
    const chosen = ways.isStopped() ? null : choose(node, search)
    const send = (url: string | null) => sendTo(node, url, request, handler, search)
    if (chosen instanceof Promise) void chosen.then(send, (error: Error) => handler.failed(error, false))
    else send(chosen)
  }

  function sendTo(node: NodeId, url: string | null, request: StreamedRequest, handler: AnswerHandler, search: Search): void {
    if (ways.isStopped() || url === null) {
      handler.failed(ways.isStopped() ? notRunning() : unreachable(search.reasons), false)
      return
    }
    const way = ways.to(node, url)
    if (isOverloaded(way)) {
      handler.failed(overloaded(), false)
      return
    }
    search.tried.add(url)
    way.active++
    const answer = new PeerAnswer(handler, {
      over: () => void way.active--,
      reached: () => reached(node, url),
      failed(error, { sent }) {
        failed(node, url, error)
        if (sent) return error
        search.reasons.push({ url, error })
        dispatchOver(node, request, handler, search)
        return null
      },
    })
    if (request.trailers === null) dispatchTo(way.pool, request, answer)
    else dispatchWithTrailers({ connect: way.connect, origin: new URL(way.origin), bodyTimeout: 0 }, request, answer)
  }

  return {
    contact: ways.contact,
    straightened: ways.straightened,
    learn: ways.learn,
    addresses: ways.addresses,
    path: ways.path,
    met: ways.met,
    measured: ways.measured,
    networkChanged: ways.networkChanged,
    forget: ways.forget,

    async request(node, { method, path, headers = {}, body, signal, headersTimeout = defaultHeadersTimeout }) {
      const content = watchedBody(body)
      const repeatable = method === 'GET' || method === 'HEAD'
      const run = async (pool: Pool) => {
        const options = { method: method as 'GET', path, headers, body: content.body() as Uint8Array, signal, headersTimeout } // iterables too
        const response = await pool.request(options)
        return { status: response.statusCode, headers: response.headers, body: response.body as Readable }
      }
      const discard = (answer: PeerResponse) => void answer.body.destroy()
      try {
        return await overAddresses(node, { signal, directly: false, repeatable, spent: content.touched, run, discard })
      } catch (error) {
        content.drop()
        throw error
      }
    },

    dispatch: (node, request, handler) => dispatchOver(node, request, handler, newSearch(false)),

    async upgrade(node, { path, headers = {}, signal, protocol, method, headersTimeout = defaultHeadersTimeout, directly = false }) {
      const late = AbortSignal.any([signal, AbortSignal.timeout(headersTimeout)])
      const run = async (pool: Pool) => {
        const answer = await askUpgrade(pool, { path, method, headers, protocol, signal: late })
        if (!answer.switched) return answer
        const { socket } = answer
        upgraded.add(socket)
        socket.once('close', () => upgraded.delete(socket))
        return answer
      }
      const discard = (answer: UpgradeAnswer) => void (answer.switched && answer.socket.destroy())
      const answer = await overAddresses(node, { signal: late, directly, repeatable: false, spent: () => false, run, discard })
      if (answer.switched) return answer
      throw declined(answer)
    },

    async start() {
      ways.start()
    },
    async stop() {
      const stopped = ways.stop()
      for (const socket of upgraded) socket.destroy()
      await stopped
    },
  }
}

interface Attempt<T> {
  signal: AbortSignal
  /** At no hub. */
  directly: boolean
  /** Whether it may be sent again although the first one may have arrived. */
  repeatable: boolean
  /** Whether a part of its body is gone. */
  spent: () => boolean
  run: (pool: Pool) => Promise<T>
  /** Closes an answer that comes after the caller has gone. */
  discard: (answer: T) => void
}

/**
 * A body that knows whether anything of it was taken. undici destroys a stream it was given when no connection comes
 * about; behind an iterator the stream stays whole for the next address.
 */
function watchedBody(body: PeerRequest['body']) {
  if (!(body instanceof Readable)) return { body: () => body, touched: () => false, drop: () => undefined }
  let touched = false
  async function* content(stream: Readable) {
    touched = true
    yield* stream
  }
  return { body: () => content(body), touched: () => touched, drop: () => void body.destroy() }
}

/** A peer declines with an error of its own, which says why; `details.status` is the status it chose. */
function declined({ status, text }: { status: number; text: string }): FcnError {
  const said = failure.safeParse(parseJson(text))
  if (!said.success) return new FcnError('bad_answer', 'The peer did not switch to the asked protocol.', { details: { status } })
  return FcnError.from({ ...said.data, details: { status, ...said.data.details } })
}

const overloaded = () =>
  new FcnError('busy', 'More requests wait for this peer than it answers.', {
    action: 'Ask again in a moment.',
    details: { retryAfter: 1 },
  })

function unreachable(reasons: readonly Reason[]): FcnError {
  const only = reasons.length === 1 ? reasons[0] : undefined
  if (only?.error.code === 'key_mismatch') return only.error
  const addresses = reasons.map(({ url, error }) => ({ url, code: error.code, message: error.message }))
  const sentence =
    reasons.length === 0
      ? 'No address of the peer is known.'
      : `The peer cannot be reached: ${addresses.map(({ url, message }) => `${url}: ${message}`).join(' ')}`
  const refused = reasons.length > 0 && reasons.every(({ error }) => codeOf(error.cause) === 'ECONNREFUSED')
  return new FcnError('unreachable', sentence, { details: { addresses, refused } })
}
