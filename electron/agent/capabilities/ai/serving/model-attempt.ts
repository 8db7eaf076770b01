/**
 * One request at one engine. The head of the answer is held back until the engine's first token, or its whole answer: a failure
 * before that leaves nothing behind, so that another engine or node may be asked; after it the program is told in its own
 * dialect. A program that leaves takes the engine's work with it.
 */
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { AnswerFacts, AnswerPipe, Exchange } from '../../../dialects/dialect.ts'
import type { FcnError } from '../../../errors.ts'
import { type TokenCount, tokensHeader, tokensText } from '../../../protocol/token-count.ts'
import type { AnswerHandler, Flow } from '../../../support/answer-handler.ts'
import { engineFailure } from './engine-client.ts'
import type { PacedRequest } from './model-pace.ts'
import type { SilenceWatch } from './silence-watch.ts'

/** How an attempt ended. */
export type AttemptEnd =
  /** The program has an answer, perhaps one that says how the engine failed in its middle. */
  | { kind: 'answered'; error: FcnError | null }
  /** The engine refuses the request with these words, in the program's dialect: any other engine would. */
  | { kind: 'declined'; status: number; contentType: string; body: Buffer }
  /** Nothing has gone out. `sent` is false when the engine has seen nothing of the request. */
  | { kind: 'failed'; error: FcnError; sent: boolean }
  /** The program has left. */
  | { kind: 'cancelled' }

interface ModelAttemptComponents {
  exchange: Exchange
  response: ServerResponse
  /** Name of the engine, for messages. */
  label: string
  pace: PacedRequest
  /** What the answer took so far. */
  tokens: (facts: AnswerFacts) => TokenCount
  silence: (onLost: (reason: FcnError) => void) => SilenceWatch
  /** Called once; `facts`: of the answer, when one had begun to come. */
  onEnd: (end: AttemptEnd, facts: AnswerFacts | null) => void
}

/** Most of an engine's error that is read, bytes. */
const maxErrorBytes = 64 * 1024

export class ModelAttempt implements AnswerHandler {
  readonly #components: ModelAttemptComponents
  readonly #silence: SilenceWatch
  #flow: Flow | null = null
  #pipe: AnswerPipe | null = null
  /** An answer that is no success, as far as it has come. */
  #refusal: { status: number; contentType: string; chunks: Buffer[]; size: number } | null = null
  #headSent = false
  /** What the answer takes is told behind it. */
  #countsBehind = false
  #awaitsDrain = false
  #over = false

  constructor(components: ModelAttemptComponents) {
    this.#components = components
    this.#silence = components.silence((reason) => this.#lose(reason))
  }

  /** Nobody waits for it any more: the engine's work ends. */
  abandon(): void {
    this.#end({ kind: 'cancelled' })
  }

  /** This node stops, or the right is gone: the program is told if it can be. */
  fail(reason: FcnError): void {
    this.#lose(reason)
  }

  started(flow: Flow): void {
    this.#flow = flow
    if (this.#over) flow.abort(nobodyWaits)
  }

  head(status: number, headers: IncomingHttpHeaders): void {
    if (this.#over) return
    this.#silence.heard(false)
    if (status >= 200 && status < 300) this.#pipe = this.#components.exchange.createPipe()
    else this.#refusal = { status, contentType: headers['content-type'] ?? 'application/json', chunks: [], size: 0 }
  }

  data(chunk: Buffer): void {
    if (this.#over) return
    if (this.#pipe !== null) this.#pass(this.#pipe, this.#pipe.push(chunk))
    else if (this.#refusal !== null && this.#refusal.size < maxErrorBytes) {
      this.#refusal.chunks.push(chunk)
      this.#refusal.size += chunk.length
    }
  }

  ended(): void {
    this.#flow = null
    if (this.#over) return
    if (this.#refusal !== null) this.#refuse(this.#refusal)
    else if (this.#pipe !== null) {
      this.#pass(this.#pipe, this.#pipe.end())
      if (!this.#over) this.#finish(this.#pipe)
    }
  }

  failed(error: Error, sent: boolean): void {
    this.#flow = null
    this.#lose(engineFailure(error, this.#components.label), sent)
  }

  #pass(pipe: AnswerPipe, bytes: Buffer): void {
    const { failure, hasBegun } = pipe.facts
    this.#silence.heard(hasBegun)
    if (failure !== null && !this.#headSent) {
      this.#end({ kind: 'failed', error: failure, sent: true })
      return
    }
    if (hasBegun && !this.#headSent) this.#sendHead(pipe)
    if (bytes.length > 0) this.#write(bytes)
    if (failure !== null) this.#closeAnswer(failure)
  }

  #sendHead({ contentType, facts }: AnswerPipe): void {
    const { exchange, response, pace, tokens } = this.#components
    this.#headSent = true
    pace.began(exchange.request?.stream === false)
    this.#countsBehind = facts.end === null
    const counted = this.#countsBehind ? { trailer: tokensHeader } : { [tokensHeader]: tokensText(tokens(facts)) }
    response.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-cache', ...counted })
  }

  #write(bytes: Buffer): void {
    const { response } = this.#components
    if (response.write(bytes) || this.#awaitsDrain) return
    this.#awaitsDrain = true
    this.#silence.hold(true)
    this.#flow?.pause()
    response.once('drain', () => {
      this.#awaitsDrain = false
      this.#silence.hold(false)
      if (!this.#over) this.#flow?.resume()
    })
  }

  #finish(pipe: AnswerPipe): void {
    // an answer may be whole and empty
    if (!this.#headSent) this.#sendHead(pipe)
    this.#closeAnswer(pipe.facts.failure)
  }

  #closeAnswer(error: FcnError | null): void {
    const { response, tokens } = this.#components
    if (this.#pipe !== null && this.#countsBehind) response.addTrailers({ [tokensHeader]: tokensText(tokens(this.#pipe.facts)) })
    this.#end({ kind: 'answered', error })
    response.end()
  }

  #refuse({ status, contentType, chunks }: { status: number; contentType: string; chunks: Buffer[] }): void {
    const { exchange } = this.#components
    const body = Buffer.concat(chunks)
    const error = exchange.readFailure(status, body.toString('utf8'))
    const isDeclined = error.code === 'invalid_input' && exchange.isPassedThrough
    this.#end(isDeclined ? { kind: 'declined', status, contentType, body } : { kind: 'failed', error, sent: true })
  }

  #lose(reason: FcnError, sent = true): void {
    if (this.#over) return
    if (this.#headSent && this.#pipe !== null) {
      const { response } = this.#components
      const lastWords = this.#pipe.fail(reason)
      if (lastWords.length > 0) response.write(lastWords)
      this.#closeAnswer(this.#pipe.facts.failure ?? reason)
    } else this.#end({ kind: 'failed', error: reason, sent })
  }

  #end(end: AttemptEnd): void {
    if (this.#over) return
    this.#over = true
    this.#silence.stop()
    this.#flow?.abort(nobodyWaits)
    const facts = this.#pipe?.facts ?? null
    this.#components.pace.ended(facts === null ? 0 : this.#components.tokens(facts).tokensOut)
    if (end.kind === 'failed' && end.error.details?.['reason'] === 'no_memory') this.#components.pace.lackedMemory()
    this.#components.onEnd(end, facts)
  }
}

const nobodyWaits = new Error('Nobody waits for the answer any more.')
