import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { ErrorCode } from '../../contract/error-codes.ts'
import type { FcnError } from '../errors.ts'
import type { AnswerHandler, Flow } from '../support/answer-handler.ts'
import type { ByteRate } from '../support/byte-rate.ts'
import type { Clock } from '../support/clock.ts'
import type { NodeStatistics } from './node-statistics.ts'
import type { Asked } from './plan.ts'
import type { RequestBody } from './request-body.ts'
import type { Verdict } from './retry-rules.ts'
import type { Tried } from './why-failed.ts'

/** Who hears what comes of an attempt. */
interface Listener {
  onHead(attempt: Attempt, status: number, headers: IncomingHttpHeaders): void
  onData(attempt: Attempt, chunk: Buffer): void
  onEnded(attempt: Attempt, trailers: IncomingHttpHeaders): void
  onFailed(attempt: Attempt, error: Error, sent: boolean): void
}

interface AttemptComponents {
  clock: Clock
  statistics: NodeStatistics
  exchange: Listener
}

/** One node that is asked with one request; keeps the statistics of the node true, however it ends. */
export class Attempt implements AnswerHandler {
  readonly asked: Asked
  readonly #components: AttemptComponents
  readonly #startedAt: number
  readonly #release: (() => void) | null
  #flow: Flow | null = null
  #lent: Readable | null = null
  /** Why nobody waits for it any more. */
  #abandoned: Error | null = null
  #heard = false
  #over = false
  /** Reasons to hold the answer back: the caller's pace, and the limit on bytes. */
  #held = 0

  constructor(asked: Asked, components: AttemptComponents) {
    this.asked = asked
    this.#components = components
    this.#startedAt = components.clock.monotonic()
    this.#release = asked.hold?.() ?? null
    components.statistics.began(asked.key)
  }

  /** A stream over the request's body for this attempt. */
  lend(body: RequestBody, rate: ByteRate | null): Readable {
    const lent = body.lend(rate === null ? null : { rate, clock: this.#components.clock })
    this.#lent = lent
    return lent
  }

  /** What the head of the answer says of the node. */
  judged(verdict: Verdict): void {
    const took = this.#hear()
    if (verdict === 'good') this.#components.statistics.answered(this.asked.key, took)
    else this.#components.statistics.failed(this.asked.key, took)
  }

  /** It waits no more for a word; the time since it began, ms. */
  #hear(): number {
    const { clock, statistics } = this.#components
    const took = clock.monotonic() - this.#startedAt
    if (!this.#heard) statistics.heard(this.asked.key, took)
    this.#heard = true
    return took
  }

  tried(code: ErrorCode, message: string, error?: FcnError): Tried {
    const { node, name } = this.asked.hop
    return { id: node, name, code, message, ...(error !== undefined && { error }) }
  }

  /** Nobody waits for it any more: the work there is cancelled. */
  abandon(reason: Error | null): void {
    if (this.#over) return
    this.#abandoned = reason ?? anotherIsAsked
    this.#end() // first: the abort is answered at once
    this.#flow?.abort(this.#abandoned)
    this.#lent?.destroy()
  }

  /** The node is gone, though its connection does not say so yet. */
  lose(error: FcnError): void {
    if (this.#over) return
    if (this.#flow !== null) {
      this.#flow.abort(error)
      return
    }
    this.#abandoned = error
    this.failed(error, false)
  }

  pause(): void {
    this.#held++
    this.#flow?.pause()
  }

  resume(): void {
    this.#held--
    if (this.#held === 0 && !this.#over) this.#flow?.resume()
  }

  /** Holds the answer back for so many ms. */
  pauseFor(ms: number): void {
    this.pause()
    this.#components.clock.after(ms, () => this.resume())
  }

  started(flow: Flow): void {
    this.#flow = flow
    if (this.#abandoned !== null) flow.abort(this.#abandoned)
  }

  head(status: number, headers: IncomingHttpHeaders): void {
    this.#components.exchange.onHead(this, status, headers)
  }

  data(chunk: Buffer): void {
    this.#components.exchange.onData(this, chunk)
  }

  ended(trailers: IncomingHttpHeaders): void {
    this.#end()
    this.#components.exchange.onEnded(this, trailers)
  }

  failed(error: Error, sent: boolean): void {
    if (this.#over) return // its end was known before
    this.judged('refused')
    this.#lent?.destroy()
    this.#end()
    this.#components.exchange.onFailed(this, error, sent)
  }

  #end(): void {
    if (this.#over) return
    this.#over = true
    if (!this.#heard) this.#hear()
    this.#components.statistics.ended(this.asked.key)
    this.#release?.()
  }
}

const anotherIsAsked = new Error('Another node is asked.')
