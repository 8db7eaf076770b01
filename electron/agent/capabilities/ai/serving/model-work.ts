/** One request for a model's work, from its arrival to its end: asks one engine after the other until one answers. */
import type { ServerResponse } from 'node:http'
import type { AnswerFacts, Exchange, ExchangeContext, Outline, WorkCall } from '../../../dialects/dialect.ts'
import { createExchange } from '../../../dialects/exchange.ts'
import { FcnError, toFcnError } from '../../../errors.ts'
import type { TokenCount } from '../../../protocol/token-count.ts'
import { doorOf } from '../../../support/authority.ts'
import type { Clock } from '../../../support/clock.ts'
import type { LineWatch } from '../../../support/line-watch.ts'
import { isLoopbackName } from '../../../support/loopback.ts'
import type { EngineList } from '../engines/engine-list.ts'
import type { EngineAddress } from '../engines/engine-place.ts'
import type { Place } from './choose-engine.ts'
import type { EngineClient } from './engine-client.ts'
import { type AttemptEnd, ModelAttempt } from './model-attempt.ts'
import type { ModelPaces } from './model-pace.ts'
import type { ReadRequest } from './read-request.ts'
import { createSilenceWatch } from './silence-watch.ts'

export interface ModelWorkComponents {
  engines: Pick<EngineList, 'verify' | 'used'>
  client: Pick<EngineClient, 'ask'>
  paces: ModelPaces
  context: ExchangeContext
  clock: Clock
  /** Of the machines of engines that are on another one. */
  lines: LineWatch
}

export interface AskedWork extends ReadRequest {
  call: WorkCall
  outline: Outline
  /** Engines that have the model, the best first; not empty. */
  places: readonly Place[]
  /** Headers of the program that go on to the engine. */
  passed: Record<string, string>
  response: ServerResponse
  /** Aborted when the program leaves, or this node stops. */
  signal: AbortSignal
}

type Failed = Extract<AttemptEnd, { kind: 'failed' }>

/** How it ended. `tokens`: what it took; null when it did not come to that. */
export type WorkEnd = Failed | (Exclude<AttemptEnd, Failed> & { tokens: TokenCount | null })

/** Engines of this node that are asked with one request. */
const mostAttempts = 3
/** Characters that make a token, about. */
const charactersPerToken = 4
/** What a picture is to a model, tokens, about. */
const tokensOfPictures = 1_000

/** Resolves when nothing moves any more; never rejects. */
export async function workOn(components: ModelWorkComponents, asked: AskedWork): Promise<WorkEnd> {
  let failed = null as Failed | null
  for (const place of asked.places.slice(0, mostAttempts)) {
    const end = await tryAt(components, asked, place)
    if (end.kind !== 'failed') return end
    // the first reason is that of the best engine
    failed = failed === null ? end : { ...failed, sent: failed.sent || end.sent }
  }
  return failed ?? { kind: 'failed', error: new FcnError('not_found', 'No engine here has the model.'), sent: false }
}

async function tryAt(components: ModelWorkComponents, asked: AskedWork, place: Place): Promise<WorkEnd> {
  const { call, raw, body, response, signal } = asked
  const { engine, model } = place
  let [exchange, address]: [Exchange | null, EngineAddress | null] = [null, null]
  try {
    const spoken = { operations: engine.facts.operations, model: model.name }
    exchange = createExchange({ call, raw, body, engine: spoken }, components.context)
    address = await engine.connect(signal)
  } catch (error) {
    if (signal.aborted && !(signal.reason instanceof FcnError)) return { kind: 'cancelled', tokens: null }
    return { kind: 'failed', error: toFcnError(error), sent: false }
  }
  const { request } = exchange
  if (request === null) return nothingToAsk(exchange, response)
  const { end, facts } = await attemptAt(components, asked, {
    place,
    exchange,
    url: new URL(address.url),
    send: (handler) => components.client.ask(address, { request, openAiPath: engine.facts.openAiPath, passed: asked.passed }, handler),
  })
  components.engines.used(engine.id)
  return end.kind === 'failed' ? end : { ...end, tokens: facts?.hasBegun === true ? tokensOf(asked, facts) : null }
}

interface Prepared {
  place: Place
  exchange: Exchange
  /** Where the engine answers. */
  url: URL
  send: (handler: ModelAttempt) => void
}

function attemptAt(
  { engines, paces, clock, lines }: ModelWorkComponents,
  asked: AskedWork,
  { place: { engine, model }, exchange, url, send }: Prepared,
): Promise<{ end: AttemptEnd; facts: AnswerFacts | null }> {
  const { response, signal } = asked
  const door = isLoopbackName(url.hostname) ? null : doorOf(url)
  const follow = door === null ? null : (onGone: () => void) => lines.follow(door, onGone)
  return new Promise((resolve) => {
    const attempt: ModelAttempt = new ModelAttempt({
      ...{ exchange, response, label: engine.facts.label, pace: paces.begin(engine.id, model.name) },
      tokens: (facts) => tokensOf(asked, facts),
      silence: (onLost) => createSilenceWatch({ clock, isAlive: () => engines.verify(engine.id), follow, onLost }),
      onEnd: (end, facts) => {
        signal.removeEventListener('abort', onAbort)
        resolve({ end, facts })
      },
    })
    const onAbort = () => {
      if (signal.reason instanceof FcnError) attempt.fail(signal.reason)
      else attempt.abandon()
    }
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) onAbort()
    else send(attempt)
  })
}

/** What the program asked for is known without the engine. */
function nothingToAsk(exchange: Exchange, response: ServerResponse): WorkEnd {
  const pipe = exchange.createPipe()
  const bytes = pipe.end()
  response.writeHead(200, { 'content-type': pipe.contentType, 'cache-control': 'no-cache' })
  response.end(bytes)
  return { kind: 'answered', error: null, tokens: null }
}

/** What it took so far; estimated where the engine does not count, or was broken off: whoever leaves early has had what it has had. */
function tokensOf({ raw, outline }: AskedWork, { usage, pieces }: AnswerFacts): TokenCount {
  const read = outline.hasImages ? tokensOfPictures : Math.ceil(raw.length / charactersPerToken)
  return { tokensIn: usage.input ?? read, tokensOut: usage.output ?? pieces }
}
