/**
 * How a streamed answer reaches whoever forwards it. On the level of undici's `dispatch`, because its `request` makes a
 * stream of every answer, which costs a forwarder more than all else it does for a small one.
 */
import type { IncomingHttpHeaders } from 'node:http'
import { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import { FcnError } from '../errors.ts'

/** One request whose answer is streamed to an `AnswerHandler`; `path` starts with a slash. */
export interface StreamedRequest {
  method: string
  path: string
  /** Names and values in turn, names in lower case. */
  headers: string[]
  /** Gives the whole body, for each try another stream over it; null when there is none. Bytes that are at hand leave together with the head. */
  body: (() => Readable | Buffer) | null
  /** What follows the body, asked for when that has ended; null, or null for the body, when nothing can. */
  trailers: (() => Record<string, string | string[]>) | null
  /** Longest wait for the head of the answer, ms. */
  headersTimeout: number
}

/** The pace of an answer. */
export interface Flow {
  pause(): void
  resume(): void
  /** Ends the request; the handler hears `failed` with the reason. */
  abort(reason: Error): void
  /** Whether it was ended by `abort`. */
  readonly aborted: boolean
}

/** Takes one answer as it comes. The last call is `ended` or `failed`, and there is exactly one of them. */
export interface AnswerHandler {
  /** The request begins to leave: from now on the other side may see something of it. */
  started(flow: Flow): void
  /** The head of the answer; interim ones (1xx) are left out. */
  head(status: number, headers: IncomingHttpHeaders): void
  data(chunk: Buffer): void
  ended(trailers: IncomingHttpHeaders): void
  /** `sent` is false when it is sure that the other side has seen nothing of the request. */
  failed(error: Error, sent: boolean): void
}

/** Sends a request, whose trailers are left out, by undici and tells the handler what comes back. `origin` is for dispatchers that have none of their own. */
export function dispatchTo(dispatcher: Dispatcher, request: StreamedRequest, handler: AnswerHandler, origin?: string): void {
  const body = request.body === null ? null : request.body()
  const options = {
    path: request.path,
    method: request.method,
    headers: request.headers,
    body,
    headersTimeout: request.headersTimeout,
  }
  try {
    dispatcher.dispatch(origin === undefined ? options : { ...options, origin }, new Told(handler))
  } catch (error) {
    if (body instanceof Readable) body.destroy()
    handler.failed(error as Error, false)
  }
}

/** Interim answers (1xx) taken before the real one; whoever sends more has none. */
export const maxInterim = 32

export const tooManyInterim = () => new FcnError('bad_answer', 'The service gives interim answers without end.')

/** undici's events as ours. */
class Told implements Dispatcher.DispatchHandler {
  readonly #handler: AnswerHandler
  #started = false
  #interim = 0

  constructor(handler: AnswerHandler) {
    this.#handler = handler
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#started = true
    this.#handler.started(controller)
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status >= 200) this.#handler.head(status, headers)
    else if (++this.#interim > maxInterim) throw tooManyInterim()
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#handler.data(chunk)
  }

  onResponseEnd(_controller: Dispatcher.DispatchController, trailers: IncomingHttpHeaders): void {
    this.#handler.ended(trailers)
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#handler.failed(error, this.#started)
  }
}
