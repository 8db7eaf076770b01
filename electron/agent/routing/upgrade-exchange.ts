/**
 * One WebSocket from its arrival to its end: asks one node after another for the upgrade, then moves bytes both ways
 * until one side ends. Other protocols are refused: an upgrade to h2c would smuggle requests past every rule here.
 */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { OpenRoute } from '../components.ts'
import { FcnError, toFcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import { refuseUpgrade } from '../support/failure-answer.ts'
import { deadlinePassed, timeoutHeader, timeoutIn } from './deadline.ts'
import type { HeaderList } from './header-rules.ts'
import { outgoingHeaders, returnedHeaders, withTimeLeft } from './heads.ts'
import type { Hop, HopUpgrade } from './hop.ts'
import type { ExchangeComponents, ExchangeEnd } from './http-exchange.ts'
import type { NodeStatistics } from './node-statistics.ts'
import type { Asked, Plan } from './plan.ts'
import { nobodyServed, type Tried } from './why-failed.ts'

/** Longest wait for the answer to an upgrade, ms. */
const headersTimeout = 30_000
/** How long the other direction may still finish after one has ended, ms. */
const halfOpen = 5_000

export interface ArrivedUpgrade {
  request: IncomingMessage
  socket: Duplex
  /** First bytes of the new protocol that came with the head. */
  head: Buffer
  requestId: string
  plan: Plan
  route: OpenRoute
}

interface Answered {
  hop: Hop
  headers: IncomingHttpHeaders
  socket: Duplex
}

export class UpgradeExchange {
  readonly #components: ExchangeComponents
  readonly #arrived: ArrivedUpgrade
  readonly #onEnd: (end: ExchangeEnd) => void
  readonly #abort = new AbortController()
  /** Until when the caller waits for the switch. */
  #deadline: number | null = null
  #cancelDeadline: (() => void) | null = null
  #bytesIn: number
  #bytesOut = 0
  #answering = false
  #sent = false

  /** Nothing happens before `start`. `onEnd` is called once, when both sides are closed. */
  constructor(components: ExchangeComponents, arrived: ArrivedUpgrade, onEnd: (end: ExchangeEnd) => void) {
    this.#components = components
    this.#arrived = arrived
    this.#onEnd = onEnd
    this.#bytesIn = arrived.head.length
  }

  /** Bytes so far. */
  get bytesIn(): number {
    return this.#bytesIn
  }

  get bytesOut(): number {
    return this.#bytesOut
  }

  get plan(): Plan {
    return this.#arrived.plan
  }

  start(): void {
    const { socket } = this.#arrived
    const onGone = () => this.#abort.abort(callerGone)
    socket.once('close', onGone).on('error', onGone)
    this.#carry().then(
      () => this.#end(null),
      (thrown: unknown) => this.#refuse(toFcnError(thrown)),
    )
  }

  abort(reason: FcnError): void {
    this.#abort.abort(reason)
  }

  async #carry(): Promise<void> {
    const { request, socket, head, requestId, plan, route } = this.#arrived
    const { node, clock, isNodeSecret } = this.#components
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') {
      throw new FcnError('invalid_input', 'Only WebSocket upgrades are forwarded.', { action: 'Ask without the Upgrade header.' })
    }
    const startedAt = clock.monotonic()
    const timeout = timeoutIn(request.headers[timeoutHeader])
    if (timeout !== null) {
      this.#deadline = startedAt + timeout
      this.#cancelDeadline = clock.after(timeout, () => this.abort(deadlinePassed()))
    }
    const leave = plan.gate === null ? null : await this.#place(plan.gate)
    try {
      const headers = outgoingHeaders(request, { node, origin: plan.origin, requestId, hasBody: false, trailers: null, isNodeSecret })
      const answered = await this.#ask(headers)
      this.#cancelDeadline?.() // who has waited for the switch may talk as long as it likes
      const facts = { hop: answered.hop, origin: plan.origin, requestId, node, took: clock.monotonic() - startedAt }
      route.answered(101)
      this.#answering = true
      socket.write(switching(returnedHeaders(101, answered.headers, facts)))
      if (head.length > 0) answered.socket.write(head)
      socket.on('data', (chunk: Buffer) => (this.#bytesIn += chunk.length))
      answered.socket.on('data', (chunk: Buffer) => (this.#bytesOut += chunk.length))
      await splice(socket, answered.socket, clock, this.#abort.signal)
    } finally {
      leave?.()
    }
  }

  /** Waits for a place among what is served to peers. */
  #place(gate: NonNullable<Plan['gate']>): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const { signal } = this.#abort
      let leave: (() => void) | null = null
      let started = false
      const onStart = () => {
        started = true
        signal.removeEventListener('abort', onAbort)
        if (leave !== null) resolve(leave)
      }
      const onAbort = () => {
        leave?.()
        reject(signal.reason as Error)
      }
      signal.addEventListener('abort', onAbort, { once: true })
      leave = gate.enter(onStart, reject)
      if (started) resolve(leave)
    })
  }

  /** Asks one node after another. An upgrade has no body, and a node that did not switch has done nothing. */
  async #ask(headers: HeaderList): Promise<Answered> {
    const { plan, route } = this.#arrived
    const { retryBudget, clock } = this.#components
    const { signal } = this.#abort
    const tried: Tried[] = []
    retryBudget.deposit()
    for (;;) {
      const asked = plan.next()
      if (asked === null) throw nobodyServed(tried)
      const { hop } = asked
      route.sentTo({ id: hop.node, name: hop.name, path: hop.path })
      try {
        const left = this.#deadline === null ? null : this.#deadline - clock.monotonic()
        const message = { method: 'GET', headers: asRecord(withTimeLeft(headers, left)), protocol: 'websocket', signal, headersTimeout }
        return await this.#attempt(asked, message)
      } catch (thrown) {
        const error = toFcnError(thrown)
        this.#sent ||= error.details?.['sent'] !== false
        signal.throwIfAborted()
        tried.push({ id: hop.node, name: hop.name, code: error.code, message: error.message, error })
        if (!plan.hasMore() || !retryBudget.withdraw()) throw nobodyServed(tried)
      }
    }
  }

  async #attempt({ hop, key, hold }: Asked, message: HopUpgrade): Promise<Answered> {
    const { clock, statistics } = this.#components
    const startedAt = clock.monotonic()
    const release = hold?.()
    statistics.began(key)
    const heard = (verdict: NodeStatistics['answered']) => {
      const took = clock.monotonic() - startedAt
      statistics.heard(key, took)
      verdict(key, took)
    }
    const end = () => {
      statistics.ended(key)
      release?.()
    }
    try {
      const { headers, socket } = await hop.upgrade(message)
      heard(statistics.answered)
      socket.once('close', end)
      return { hop, headers, socket }
    } catch (error) {
      heard(statistics.failed)
      end()
      throw error
    }
  }

  #refuse(error: FcnError): void {
    const { socket, requestId } = this.#arrived
    refuseUpgrade(socket, error, { requestId, executed: this.#sent })
    this.#end(error)
  }

  #end(error: FcnError | null): void {
    this.#cancelDeadline?.()
    const { signal } = this.#abort
    const cancelled = !this.#answering && signal.reason === callerGone
    const bytes = { bytesIn: this.#bytesIn, bytesOut: this.#bytesOut }
    // a person who closes a page ends its socket: no failure once it was open
    const why = this.#answering && signal.reason === callerGone ? null : (error ?? (signal.aborted ? toFcnError(signal.reason) : null))
    this.#arrived.route.ended({ ...bytes, code: why?.code ?? null, cancelled })
    this.#onEnd({ ...bytes, error: why, cancelled })
  }
}

const callerGone = new FcnError('unreachable', 'The caller has gone.')

/** Moves bytes both ways. When one side has ended the other gets a moment to finish, then both are gone. */
function splice(a: Duplex, b: Duplex, clock: Clock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const close = () => {
      a.destroy()
      b.destroy()
    }
    let cancel = () => undefined as void
    let open = 2
    const onEnd = () => {
      cancel()
      cancel = clock.after(halfOpen, close)
    }
    const onClose = (other: Duplex) => {
      other.end() // a broken side does not end the other by itself
      onEnd()
      if (--open > 0) return
      cancel()
      signal.removeEventListener('abort', onAbort)
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
    // a caller that has gone is seen by its socket, and what it sent last still goes through
    const onAbort = () => signal.reason !== callerGone && close()
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) onAbort()
  })
}

function switching(headers: HeaderList): string {
  const lines = ['HTTP/1.1 101 Switching Protocols']
  for (let index = 0; index < headers.length; index += 2) {
    if (headers[index] !== 'content-length') lines.push(`${headers[index]}: ${headers[index + 1]}`)
  }
  return `${[...lines, 'connection: Upgrade', 'upgrade: websocket'].join('\r\n')}\r\n\r\n`
}

/** Repeated names get a list of values. No name is special: the record has no prototype. */
function asRecord(headers: HeaderList): Record<string, string | string[]> {
  const record = Object.create(null) as Record<string, string | string[]>
  for (let index = 0; index < headers.length; index += 2) {
    const [name, value] = [headers[index] as string, headers[index + 1] as string]
    const known = record[name]
    record[name] = known === undefined ? value : [...[known].flat(), value]
  }
  return record
}
