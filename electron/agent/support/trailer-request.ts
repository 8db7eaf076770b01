/**
 * The slow way to send a request, for the rare one whose body is followed by trailers, which undici cannot send: Node's own
 * client, over a connection that is made for it and closed after it. An `AnswerHandler` hears of it what `dispatchTo` would
 * tell, so that nobody above knows the difference.
 */
import { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request as httpRequest } from 'node:http'
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { type buildConnector, errors } from 'undici'
import { type AnswerHandler, type Flow, maxInterim, type StreamedRequest, tooManyInterim } from './answer-handler.ts'
import { hostOf } from './authority.ts'

interface TrailerWay {
  /** Makes a connection that speaks HTTP/1.1. */
  connect: buildConnector.connector
  origin: URL
  /** Longest silence in the middle of an answer, ms; 0: no limit. */
  bodyTimeout: number
}

/** Sends a request that has a body and trailers, always in chunks. */
export function dispatchWithTrailers({ connect, origin, bodyTimeout }: TrailerWay, request: StreamedRequest, handler: AnswerHandler): void {
  const { protocol, host, port } = origin
  connect({ protocol, hostname: hostOf(origin), host, port }, (...[error, socket]) => {
    if (error !== null) handler.failed(error, false)
    else new TrailerRequest(request, handler, bodyTimeout).sendOver(socket, host)
  })
}

class TrailerRequest implements Flow {
  readonly #request: StreamedRequest
  readonly #handler: AnswerHandler
  readonly #bodyTimeout: number
  #socket: Socket | null = null
  #body: Readable | null = null
  #answer: IncomingMessage | null = null
  #interim = 0
  #aborted = false
  #over = false

  constructor(request: StreamedRequest, handler: AnswerHandler, bodyTimeout: number) {
    this.#request = request
    this.#handler = handler
    this.#bodyTimeout = bodyTimeout
  }

  get aborted(): boolean {
    return this.#aborted
  }

  pause(): void {
    this.#answer?.pause()
  }

  resume(): void {
    this.#answer?.resume()
  }

  abort(reason: Error): void {
    this.#aborted = true
    this.#fail(reason)
  }

  sendOver(socket: Socket, host: string): void {
    this.#socket = socket
    socket.once('close', () => this.#answer === null && this.#fail(brokenOff()))
    socket.setTimeout(this.#request.headersTimeout, () => this.#onSilence())
    this.#handler.started(this)
    if (this.#over) return
    try {
      this.#send(socket, host)
    } catch (error) {
      const told = error instanceof Error ? error.message : ''
      this.#fail(new errors.InvalidArgumentError(told)) // what undici says of the same
    }
  }

  #send(socket: Socket, host: string): void {
    const { method, path, headers } = this.#request
    const fields = ['host', host, ...headers, 'transfer-encoding', 'chunked', 'connection', 'close']
    const sent = httpRequest({ method, path, headers: fields, createConnection: () => socket })
    sent
      .on('error', (error) => this.#fail(error))
      .on('information', () => ++this.#interim > maxInterim && this.#fail(tooManyInterim()))
      .on('upgrade', () => this.#fail(new errors.SocketError('It switches to a protocol that nobody asked for.')))
      .on('response', (answer) => this.#onAnswer(answer))
    const given = this.#request.body?.() ?? null
    const body = Buffer.isBuffer(given) ? Readable.from([given], { objectMode: false }) : given
    this.#body = body
    body?.on('error', (error) => this.#fail(error)).once('end', () => this.#endWithTrailers(sent))
    body?.pipe(sent, { end: false })
  }

  #endWithTrailers(sent: ClientRequest): void {
    try {
      sent.addTrailers(this.#request.trailers?.() ?? {})
      sent.end()
    } catch (error) {
      this.#fail(error as Error)
    }
  }

  #onAnswer(answer: IncomingMessage): void {
    if (this.#over) return
    this.#answer = answer
    this.#socket?.setTimeout(this.#bodyTimeout)
    answer
      .on('data', (chunk: Buffer) => this.#over || this.#handler.data(chunk))
      .once('end', () => this.#end(() => this.#handler.ended(recordOf(answer.rawTrailers))))
      .on('error', (error) => this.#fail(error))
      .once('close', () => this.#fail(brokenOff()))
    this.#handler.head(answer.statusCode ?? 0, recordOf(answer.rawHeaders))
  }

  #onSilence(): void {
    if (this.#answer === null) this.#fail(new errors.HeadersTimeoutError())
    else if (!this.#answer.isPaused()) this.#fail(new errors.BodyTimeoutError()) // else it is the caller who is slow
  }

  #fail(error: Error): void {
    this.#end(() => this.#handler.failed(error, true))
  }

  /** First all is given back: the last word may begin the next attempt, with the same body. */
  #end(tell: () => void): void {
    if (this.#over) return
    this.#over = true
    this.#body?.destroy()
    this.#socket?.destroy()
    tell()
  }
}

const brokenOff = () => new errors.SocketError('The connection broke off.')

/** Like undici's: names in lower case, a list where a name is repeated. */
function recordOf(fields: readonly string[]): IncomingHttpHeaders {
  const record = Object.create(null) as Record<string, string | string[]>
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const name = (fields[index] as string).toLowerCase()
    const known = record[name]
    const value = fields[index + 1] as string
    record[name] = known === undefined ? value : [...[known].flat(), value]
  }
  return record
}
