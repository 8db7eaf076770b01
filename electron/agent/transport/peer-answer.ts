import type { IncomingHttpHeaders } from 'node:http'
import type { FcnError } from '../errors.ts'
import type { AnswerHandler, Flow } from '../support/answer-handler.ts'
import { networkError } from './network-error.ts'

/** What became of one address that was tried. */
export interface AddressOutcome {
  /** Nothing moves any more. */
  over(): void
  /** The node answered there. */
  reached(): void
  /** It did not. The error to tell; null when the request is sent to another address, so that nobody else needs to hear of it. */
  failed(error: FcnError, options: { sent: boolean }): FcnError | null
}

/** An answer of a peer: says in words what the network did, and what that means for the address. */
export class PeerAnswer implements AnswerHandler {
  readonly #handler: AnswerHandler
  readonly #outcome: AddressOutcome
  #flow: Flow | null = null
  #answered = false

  constructor(handler: AnswerHandler, outcome: AddressOutcome) {
    this.#handler = handler
    this.#outcome = outcome
  }

  started(flow: Flow): void {
    this.#flow = flow
    this.#handler.started(flow)
  }

  head(status: number, headers: IncomingHttpHeaders): void {
    this.#answered = true
    this.#outcome.reached()
    this.#handler.head(status, headers)
  }

  data(chunk: Buffer): void {
    this.#handler.data(chunk)
  }

  ended(trailers: IncomingHttpHeaders): void {
    this.#outcome.over()
    this.#handler.ended(trailers)
  }

  failed(thrown: Error, started: boolean): void {
    this.#outcome.over()
    if (this.#flow?.aborted === true) {
      this.#handler.failed(thrown, true) // the forwarder's own doing says nothing of the address
      return
    }
    const error = networkError(thrown)
    // on a connection that is up anything may have gone out, whatever broke it later
    const sent = started
    if (this.#answered) {
      this.#handler.failed(error, sent)
      return
    }
    const told = this.#outcome.failed(error, { sent })
    if (told !== null) this.#handler.failed(told, sent)
  }
}
