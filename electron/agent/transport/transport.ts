/**
 * Reaches peers by node id: a small pool of kept connections per address, the address that worked last first, the
 * others in order. Another address is tried only while nothing of the request has left this node.
 */
import { Readable } from 'node:stream'
import type { Duplex } from 'node:stream'
import type { Pool } from 'undici'
import { failure } from '../../contract/failure.ts'
import type { Identity, NodeId, PeerRequest, PeerResponse, Transport } from '../components.ts'
import { FcnError } from '../errors.ts'
import { type AnswerHandler, dispatchTo, type StreamedRequest } from '../support/answer-handler.ts'
import type { Clock } from '../support/clock.ts'
import { askUpgrade, type UpgradeAnswer } from '../support/http-upgrade.ts'
import { parseJson } from '../support/json.ts'
import { createEmitter } from '../support/signal.ts'
import { dispatchWithTrailers } from '../support/trailer-request.ts'
import type { AddressBook } from './address-book.ts'
import { codeOf, networkFailure } from './network-error.ts'
import { PeerAnswer } from './peer-answer.ts'
import { createDialContext } from './pinned-connector.ts'
import { createPools, isOverloaded } from './pools.ts'

const defaultHeadersTimeout = 60_000
/** Weight of a new latency sample in the smoothed one (RFC 6298 uses the same). */
const sampleWeight = 1 / 8
/** That an address works is told this often at most while nothing else happens, ms. */
const tellInterval = 1_000

interface Components {
  identity: Identity
  addressBook: AddressBook
  clock: Clock
}

export function createTransport({ identity, addressBook, clock }: Components): Transport {
  const pools = createPools({ context: createDialContext(identity) })
  const contact = createEmitter<{ node: NodeId; url: string; ok: boolean; at: number }>()
  const paths = new Map<NodeId, { url: string; latencyMs: number | null }>()
  /** When it was last told that the path works. */
  const toldAt = new WeakMap<object, number>()
  const upgraded = new Set<Duplex>()
  let stopped = false

  function reached(node: NodeId, url: string): void {
    const now = clock.monotonic()
    let path = paths.get(node)
    if (path?.url !== url) {
      path = { url, latencyMs: null }
      paths.set(node, path)
    } else if (now - (toldAt.get(path) ?? -Infinity) < tellInterval) return
    toldAt.set(path, now)
    addressBook.succeeded(node, url)
    contact.emit({ node, url, ok: true, at: clock.now() })
  }

  function failed(node: NodeId, url: string, error: FcnError): void {
    if (paths.get(node)?.url === url) paths.delete(node)
    addressBook.failed(node, url, error)
    contact.emit({ node, url, ok: false, at: clock.now() })
  }

  /** Runs `attempt` against one address after the other until one is reached. */
  async function overAddresses<T>(node: NodeId, attempt: Attempt<T>): Promise<T> {
    const reasons: Reason[] = []
    for (const url of addressBook.inOrder(node)) {
      if (stopped) throw new FcnError('not_running', 'This node stops.')
      attempt.signal.throwIfAborted()
      try {
        const answer = await unlessAborted(attempt.run(pools.of(node, url).pool), attempt)
        reached(node, url)
        return answer
      } catch (thrown) {
        if (thrown instanceof FcnError && thrown.code === 'bad_answer') throw thrown
        if (attempt.signal.aborted) throw aborted(node, url, attempt.signal)
        const { error, beforeSending } = networkFailure(thrown)
        failed(node, url, error)
        // a slow answer would be as slow by another way
        if (error.code === 'timeout' || attempt.spent() || (!beforeSending && !attempt.repeatable)) throw error
        reasons.push({ url, error })
      }
    }
    throw unreachable(reasons)
  }

  /** The caller's wait is over: that is its reason, but also a fact about the address, unless the caller lost interest. */
  function aborted(node: NodeId, url: string, signal: AbortSignal): unknown {
    const late = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError'
    const reason: unknown = late ? new FcnError('timeout', 'The peer did not answer in time.') : signal.reason
    if (reason instanceof FcnError && reason.code === 'timeout') failed(node, url, reason)
    return reason
  }

  /** Sends it to one address; when nothing of it has left, to the next one. */
  function dispatchOver(node: NodeId, urls: readonly string[], request: StreamedRequest, handler: AnswerHandler, reasons: Reason[]): void {
    const [url, ...others] = urls
    if (stopped || url === undefined) {
      handler.failed(stopped ? new FcnError('not_running', 'This node stops.') : unreachable(reasons), false)
      return
    }
    const way = pools.of(node, url)
    if (isOverloaded(way)) {
      handler.failed(overloaded(), false)
      return
    }
    way.active++
    const answer = new PeerAnswer(handler, {
      over: () => void way.active--,
      reached: () => reached(node, url),
      failed(error, { sent }) {
        failed(node, url, error)
        if (sent) return error
        // the address that worked last was the only one looked up
        const left = others.length > 0 || reasons.length > 0 ? others : addressBook.inOrder(node).filter((other) => other !== url)
        dispatchOver(node, left, request, handler, [...reasons, { url, error }])
        return null
      },
    })
    if (request.trailers === null) dispatchTo(way.pool, request, answer)
    else dispatchWithTrailers({ connect: way.connect, origin: new URL(url), bodyTimeout: 0 }, request, answer)
  }

  return {
    contact,
    learn: (node, urls, foundVia, replace) => addressBook.learn(node, urls, foundVia, replace),
    addresses: (node) => addressBook.all(node),
    path: (node) => paths.get(node) ?? null,
    met(node, url) {
      if (!paths.has(node)) paths.set(node, { url, latencyMs: null })
    },
    measured(node, ms) {
      const path = paths.get(node)
      if (!path) return
      const { latencyMs: smoothed } = path
      path.latencyMs = smoothed === null ? ms : smoothed + (ms - smoothed) * sampleWeight
    },
    forget(node) {
      pools.forget(node)
      paths.delete(node)
      addressBook.forget(node)
    },

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
        return await overAddresses(node, { signal, repeatable, spent: content.touched, run, discard })
      } catch (error) {
        content.drop()
        throw error
      }
    },

    dispatch(node, request, handler) {
      const path = paths.get(node)
      dispatchOver(node, path === undefined ? addressBook.inOrder(node) : [path.url], request, handler, [])
    },

    async upgrade(node, { path, headers = {}, signal, protocol, method, headersTimeout = defaultHeadersTimeout }) {
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
      const answer = await overAddresses(node, { signal: late, repeatable: false, spent: () => false, run, discard })
      if (answer.switched) return answer
      throw declined(answer)
    },

    async start() {
      stopped = false
    },
    async stop() {
      stopped = true
      for (const socket of upgraded) socket.destroy()
      paths.clear()
      await pools.destroy()
    },
  }
}

interface Reason {
  url: string
  error: FcnError
}

interface Attempt<T> {
  signal: AbortSignal
  /** Whether it may be sent again although the first one may have arrived. */
  repeatable: boolean
  /** Whether a part of its body is gone. */
  spent: () => boolean
  run: (pool: Pool) => Promise<T>
  /** Closes an answer that comes after the caller has gone. */
  discard: (answer: T) => void
}

/** undici heeds a signal only once the connection is up; the caller must not wait for that. */
function unlessAborted<T>(answer: Promise<T>, { signal, discard }: Pick<Attempt<T>, 'signal' | 'discard'>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      reject(signal.reason as Error)
      answer.then(discard, () => undefined) // its failure says nothing new
    }
    signal.addEventListener('abort', onAbort, { once: true })
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
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
