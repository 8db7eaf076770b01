/**
 * One HTTP exchange from its arrival to its end: asks one node after another until one answers, then streams the answer
 * back in constant memory at the caller's pace. Whoever goes away takes the other side with it. A class, not closures:
 * there is one of these for each request, and every closure would be made anew.
 */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { NodeId, OpenRoute } from '../components.ts'
import { FcnError, toFcnError } from '../errors.ts'
import type { ByteRate } from '../support/byte-rate.ts'
import type { Clock } from '../support/clock.ts'
import type { Line, LineWatch } from '../support/line-watch.ts'
import { tokensFrom, tokensHeader } from '../protocol/token-count.ts'
import { errorHeader, sendFailure } from '../support/failure-answer.ts'
import type { AnswerStream } from './answer-form.ts'
import { Attempt } from './attempt.ts'
import { deadlinePassed, timeoutHeader, timeoutIn } from './deadline.ts'
import type { HeaderList } from './header-rules.ts'
import { isNodesWord, outgoingHeaders, returnedHeaders, withTimeLeft } from './heads.ts'
import type { NodeStatistics } from './node-statistics.ts'
import type { Asked, Plan } from './plan.ts'
import { createRequestBody, type RequestBody } from './request-body.ts'
import type { RetryBudget } from './retry-budget.ts'
import { isRepeatable, mayAskAgain, refusalCode, verdictOn } from './retry-rules.ts'
import { ToldFailure } from './told-failure.ts'
import { announcedTrailers, answerTrailers, requestTrailers } from './trailer-rules.ts'
import { nobodyServed, type Tried } from './why-failed.ts'

/** Longest wait for the head of an answer, ms. Long, because a model may think before its first word. */
const headersTimeout = 600_000
/** How long the rest of a body that nobody wants is still taken in, ms, so that its sender can read the answer. */
const linger = 5_000

export interface ExchangeComponents {
  node: NodeId
  clock: Clock
  isNodeSecret: (value: string) => boolean
  statistics: NodeStatistics
  retryBudget: RetryBudget
  /** Of machines that work on what was read before: there may be long silence before their first word. */
  lines: LineWatch
}

export interface Arrived {
  request: IncomingMessage
  response: ServerResponse
  requestId: string
  /** The caller waits for a word before it sends its body (100-continue). */
  expectsContinue: boolean
  plan: Plan
  route: OpenRoute
}

/** How an exchange ended. */
export interface ExchangeEnd {
  bytesIn: number
  bytesOut: number
  /** Why it failed; null when it did not. */
  error: FcnError | null
  /** The caller went away. */
  cancelled: boolean
}

export class HttpExchange {
  readonly #components: ExchangeComponents
  readonly #arrived: Arrived
  readonly #onEnd: (end: ExchangeEnd) => void
  readonly #startedAt: number
  readonly #body: RequestBody | null
  /** Names of the trailers that will follow the body; null when there are none. */
  readonly #trailers: string[] | null
  readonly #repeatable: boolean
  #headers: HeaderList = []
  #deadline: number | null = null
  #cancelDeadline: (() => void) | null = null
  #attempt: Attempt | null = null
  /** To the machine that works on it. */
  #line: Line | null = null
  /** Gives back what the plan's gate holds for this exchange. */
  #leave: (() => void) | null = null
  #rate: ByteRate | null = null
  #tried: Tried[] = []
  /** Something of the request has left this node. */
  #sent = false
  #answering = false
  /** What the answer goes through on its way to the caller. */
  #stream: AnswerStream | null = null
  /** The failure that a node tells, while it is read. */
  #told: ToldFailure | null = null
  #askedTwice = false
  #awaitsDrain = false
  #bytesOut = 0
  #error: FcnError | null = null
  #cancelled = false
  #over = false

  /** Nothing happens before `start`. `onEnd` is called once, when nothing moves any more. */
  constructor(components: ExchangeComponents, arrived: Arrived, onEnd: (end: ExchangeEnd) => void) {
    const { request, response, expectsContinue, plan } = arrived
    this.#components = components
    this.#arrived = arrived
    this.#onEnd = onEnd
    this.#startedAt = components.clock.monotonic()
    const wanted = expectsContinue ? { wanted: () => response.writeContinue() } : {}
    this.#body = plan.read === undefined && hasBody(request) ? createRequestBody(request, wanted) : null
    this.#trailers = this.#body === null ? null : announcedTrailers(request.headers)
    this.#repeatable = plan.read !== undefined || isRepeatable(request.method ?? 'GET', request.headers)
  }

  get plan(): Plan {
    return this.#arrived.plan
  }

  /** Bytes of bodies so far. */
  get bytesIn(): number {
    return this.plan.read?.bytes ?? this.#body?.bytes ?? 0
  }

  /** Who works on it; null when nobody does. */
  get asked(): NodeId | null {
    return this.#attempt?.asked.hop.node ?? null
  }

  get bytesOut(): number {
    return this.#bytesOut
  }

  start(): void {
    const { request, response, plan, requestId } = this.#arrived
    const { node, isNodeSecret, retryBudget, clock } = this.#components
    response.once('close', () => this.#onClosed())
    try {
      const carried = { hasBody: this.#body !== null, trailers: this.#trailers }
      this.#headers = outgoingHeaders(request, {
        ...{ node, origin: plan.origin, requestId, ...carried, isNodeSecret },
        ...(plan.read && { only: plan.read.passes }),
      })
      const timeout = timeoutIn(request.headers[timeoutHeader])
      if (timeout !== null) {
        this.#deadline = this.#startedAt + timeout
        this.#cancelDeadline = clock.after(timeout, () => this.abort(deadlinePassed()))
      }
      retryBudget.deposit()
      if (plan.gate === null) this.#next(plan.next())
      else this.#enter(plan.gate)
    } catch (error) {
      this.#fail(toFcnError(error))
    }
  }

  /** Ends the exchange for that reason: the caller is told when it can be. */
  abort(reason: FcnError): void {
    if (this.#over) return
    this.#attempt?.abandon(reason)
    this.#attempt = null
    this.#fail(reason)
  }

  /** The node that works on it is gone: another is asked when that is possible. */
  lose(): void {
    this.#askedTwice = true // not that one once more
    this.#attempt?.lose(goneOffline())
  }

  #enter(gate: NonNullable<Plan['gate']>): void {
    this.#rate = gate.rate
    const leave = gate.enter(
      () => this.#next(this.#arrived.plan.next()),
      (error) => this.abort(error),
    )
    if (this.#over) leave()
    else this.#leave = leave
  }

  #next(asked: Asked | null): void {
    const { route, request } = this.#arrived
    if (asked === null) {
      this.#fail(nobodyServed(this.#tried))
      return
    }
    route.sentTo({ id: asked.hop.node, name: asked.hop.name, path: asked.hop.path })
    const { clock, statistics } = this.#components
    this.#told = null
    const attempt = new Attempt(asked, { clock, statistics, exchange: this })
    this.#attempt = attempt
    const left = this.#deadline === null ? null : this.#deadline - clock.monotonic()
    const trailers = this.#trailers
    const { body: held } = asked
    const body = this.#body
    const headers = held === undefined ? this.#headers : [...this.#headers, ...headersOfJson(held)]
    const message = {
      method: request.method ?? 'GET',
      headers: withTimeLeft(headers, left),
      body: held !== undefined ? () => held : body === null ? null : () => attempt.lend(body, this.#rate),
      trailers: trailers === null ? null : () => requestTrailers(request.rawTrailers, trailers),
      headersTimeout,
    }
    this.#follow(asked)
    asked.hop.dispatch(message, attempt)
  }

  #follow({ hop }: Asked): void {
    this.#line?.leave()
    const door = this.plan.read === undefined ? null : (hop.door ?? null)
    this.#line = door === null ? null : this.#components.lines.follow(door, () => this.lose())
  }

  /** The next node is asked when that is allowed; false when this was the last word. */
  #askAgain(attempt: Attempt, { sent, broken }: { sent: boolean; broken: boolean }): boolean {
    const replayable = this.#body === null || this.#body.replayable
    if (this.#over || !mayAskAgain({ sent, repeatable: this.#repeatable, replayable })) return false
    const { plan } = this.#arrived
    // a kept connection may have been closed just when it was used: the only node is asked once more, over a new one
    const again = !plan.hasMore()
    if (again && (!broken || !sent || this.#askedTwice)) return false
    if (!this.#components.retryBudget.withdraw()) return false
    attempt.abandon(null)
    if (again) {
      this.#askedTwice = true
      this.#tried.pop() // its second answer is the one that counts
    }
    this.#next(again ? attempt.asked : plan.next())
    return true
  }

  // called by the attempt that runs

  onHead(attempt: Attempt, status: number, headers: IncomingHttpHeaders): void {
    if (attempt !== this.#attempt) return
    const verdict = verdictOn(status, headers)
    attempt.judged(verdict)
    if (verdict === 'refused' || verdict === 'refused unseen') {
      this.#tried.push(attempt.tried(refusalCode(headers), `The node says that it cannot serve this now (status ${status}).`))
      if (this.#askAgain(attempt, { sent: verdict === 'refused', broken: false })) return
    }
    this.#sent = true
    if (this.plan.read !== undefined && isNodesWord(attempt.asked.hop) && headers[errorHeader] !== undefined)
      this.#told = new ToldFailure(refusalCode(headers))
    else this.#deliverHead(attempt.asked, status, headers)
  }

  onData(attempt: Attempt, data: Buffer): void {
    if (attempt !== this.#attempt) return
    this.#line?.heard()
    if (this.#told !== null) {
      this.#told.push(data)
      return
    }
    const chunk = this.#stream === null ? data : this.#stream.push(data)
    if (chunk.length === 0) return
    this.#bytesOut += chunk.length
    const { response } = this.#arrived
    if (!response.write(chunk) && !this.#awaitsDrain) {
      this.#awaitsDrain = true
      attempt.pause()
      response.once('drain', () => {
        this.#awaitsDrain = false
        attempt.resume()
      })
    }
    const wait = this.#rate === null ? 0 : this.#rate.passed(chunk.length)
    if (wait > 0) attempt.pauseFor(wait)
  }

  onEnded(attempt: Attempt, trailers: IncomingHttpHeaders): void {
    if (attempt !== this.#attempt) return
    this.#attempt = null
    if (this.#told !== null) {
      this.#fail(this.#told.error())
      return
    }
    const { response, plan } = this.#arrived
    const { hop } = attempt.asked
    const tokens = isNodesWord(hop) ? tokensHeader : null
    if (tokens !== null) this.#count(hop.node, trailers[tokens])
    const passed = answerTrailers(trailers, plan.origin.kind === 'peer' ? tokens : null)
    if (passed !== null) response.addTrailers(passed) // ignored unless the answer is chunked
    const rest = this.#stream?.end()
    this.#bytesOut += rest?.length ?? 0
    response.end(rest)
  }

  onFailed(attempt: Attempt, thrown: Error, sent: boolean): void {
    if (attempt !== this.#attempt) return
    const error = toFcnError(thrown)
    this.#sent ||= sent
    if (!this.#answering) {
      this.#tried.push(attempt.tried(error.code, error.message, error))
      if (this.#askAgain(attempt, { sent, broken: error.code !== 'timeout' })) return
    }
    this.#attempt = null
    this.#fail(this.#answering ? error : nobodyServed(this.#tried))
  }

  #deliverHead({ hop }: Asked, status: number, upstream: IncomingHttpHeaders): void {
    const { response, requestId, plan, route } = this.#arrived
    const { node, clock } = this.#components
    const took = clock.monotonic() - this.#startedAt
    try {
      response.writeHead(status, returnedHeaders(status, upstream, { hop, origin: plan.origin, requestId, node, took }))
    } catch (cause) {
      this.abort(new FcnError('bad_answer', 'The answer of the service has headers that cannot be passed on.', { cause }))
      return
    }
    this.#answering = true
    this.#stream = plan.read?.form.begin(status, upstream) ?? null
    if (isNodesWord(hop)) this.#count(hop.node, upstream[tokensHeader])
    route.answered(status)
    // what has arrived with the head goes out with it; a head whose body takes long must not wait for its first byte
    process.nextTick(() => {
      if (this.#bytesOut === 0 && !response.writableEnded && !response.destroyed) response.flushHeaders()
    })
  }

  #count(node: NodeId, value: string | string[] | undefined): void {
    const count = tokensFrom(value)
    if (count !== null) this.plan.read?.counted(node, count)
  }

  #fail(error: FcnError): void {
    this.#error ??= error
    const { response, requestId, plan } = this.#arrived
    const failed = { requestId, executed: this.#sent }
    if (response.destroyed) this.#end()
    else if (this.#stream !== null) this.#failInside(this.#stream, error)
    else if (plan.read !== undefined && !response.headersSent) plan.read.form.refuse(response, error, failed)
    else sendFailure(response, error, failed)
  }

  /** The caller hears of it as the last thing in its stream, if it still reads. */
  #failInside(stream: AnswerStream, error: FcnError): void {
    const { response } = this.#arrived
    if (response.writableEnded) return
    response.end(stream.fail(error))
    this.#components.clock.after(linger, () => void response.destroy())
  }

  /** The answer is out, or the connection is gone. */
  #onClosed(): void {
    const { response } = this.#arrived
    if (!response.writableFinished && this.#error === null) {
      this.#cancelled = true
      this.#error = new FcnError('unreachable', 'The caller has gone.')
      this.#attempt?.abandon(this.#error)
      this.#attempt = null
    }
    this.#end()
  }

  #end(): void {
    if (this.#over) return
    this.#over = true
    this.#cancelDeadline?.()
    this.#line?.leave()
    this.#leave?.()
    const { request, route } = this.#arrived
    const { clock } = this.#components
    if (!request.complete) {
      request.resume() // the attempt that was given up has paused it, and the next request comes behind it
      clock.after(linger, () => void (request.complete || request.destroy()))
    }
    const end = { bytesIn: this.bytesIn, bytesOut: this.#bytesOut, error: this.#error, cancelled: this.#cancelled }
    route.ended({ bytesIn: end.bytesIn, bytesOut: end.bytesOut, code: this.#error?.code ?? null, cancelled: this.#cancelled })
    this.#onEnd(end)
  }
}

const goneOffline = () => new FcnError('unreachable', 'The node that worked on this has gone offline.', { action: 'Ask again.' })

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] !== undefined && headers['content-length'] !== '0')

const headersOfJson = (body: Buffer): HeaderList => ['content-type', 'application/json', 'content-length', String(body.length)]
