/**
 * Answers requests in all dialects with the engines of this node, on the owner's terms. Prompts and answers pass through and
 * are kept nowhere; what is counted are tokens. The address of a request is the path that the program called.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AiUsage, RequestServer, Startable } from '../../../components.ts'
import { callOf } from '../../../dialects/call-of.ts'
import type { Call, ListCall, WorkCall } from '../../../dialects/dialect.ts'
import { writeList } from '../../../dialects/model-lists.ts'
import { outlineOf } from '../../../dialects/outline.ts'
import { FcnError, toFcnError } from '../../../errors.ts'
import { modelListPath } from '../../../protocol/model-list.ts'
import { requestIdIn, sendFailure } from '../../../support/failure-answer.ts'
import type { Logger } from '../../../support/logger.ts'
import type { ModelCaller } from '../terms/terms.ts'
import { sendAnswer } from './answers.ts'
import type { ModelOffer } from './model-offer.ts'
import { type ModelWorkComponents, type WorkEnd, workOn } from './model-work.ts'
import { readRequest } from './read-request.ts'

interface ModelServerComponents extends ModelWorkComponents {
  offer: ModelOffer
  usage: Pick<AiUsage, 'count'>
  log: Logger
}

export interface ModelServer extends Startable {
  readonly serve: RequestServer
}

/** A request that is being answered. */
interface Served {
  request: IncomingMessage
  response: ServerResponse
  call: Call | null
  /** Aborted when the program leaves, or this node stops. */
  signal: AbortSignal
}

export function createModelServer(components: ModelServerComponents): ModelServer {
  const { log } = components
  const underWay = new Map<AbortController, Promise<void>>()
  let running = false

  const serve = async (served: Served) => {
    try {
      if (!running) throw stopping()
      await answer(components, served)
    } catch (thrown) {
      if (served.response.destroyed) return // the program has left, which is no failure
      const error = toFcnError(thrown)
      if (error.code === 'internal') log.error({ error: error.cause ?? thrown }, 'A request for a model could not be served.')
      refuse(served, error, false)
    }
  }

  return {
    serve(request, response) {
      const abort = new AbortController()
      response.once('close', () => abort.abort())
      request.on('error', () => response.destroy()) // a caller that vanishes is no failure of this node
      const call = callOf({ method: request.method ?? 'GET', path: pathOf(request), headers: request.headers })
      const done = serve({ request, response, call, signal: abort.signal }).finally(() => underWay.delete(abort))
      underWay.set(abort, done)
    },
    start: async () => void (running = true),
    async stop() {
      running = false
      const ends = [...underWay.values()]
      for (const abort of underWay.keys()) abort.abort(stopping())
      await Promise.all(ends)
    },
  }
}

const stopping = () => new FcnError('not_running', 'The models of this node are switched off just now.', { action: 'Ask another node.' })

const pathOf = ({ url = '/' }: IncomingMessage): string => url.split('?', 1)[0] as string

/** Who asks, as this node has written it: programs and peers cannot (routing/header-rules.ts). */
function callerOf({ headers }: IncomingMessage): ModelCaller {
  const caller = headers['x-fcn-caller']
  return typeof caller === 'string' ? caller : null
}

async function answer(components: ModelServerComponents, served: Served): Promise<void> {
  const { request, response, call } = served
  const caller = callerOf(request)
  if (request.method === 'GET' && pathOf(request) === modelListPath) sendAnswer(response, components.offer.list(caller))
  else if (call === null) throw noSuchCall()
  else if (call.kind === 'list') sendAnswer(response, await listFor(components, served, call, caller))
  else await work(components, { ...served, call }, caller)
}

const noSuchCall = () =>
  new FcnError('not_found', 'There is no such call of a model server, or it is not for others.', {
    action: 'Use the calls for chats, completions, embeddings and lists of OpenAI’s, Ollama’s or Anthropic’s dialect.',
  })

async function listFor(
  { offer, context }: ModelServerComponents,
  { request }: Served,
  call: ListCall,
  caller: ModelCaller,
): Promise<unknown> {
  const body = request.method === 'POST' ? (await readRequest(request)).body : undefined
  return writeList(call, offer.list(caller).models, { now: context.now(), body })
}

async function work(
  components: ModelServerComponents,
  { request, response, call, signal }: Served & { call: WorkCall },
  caller: ModelCaller,
) {
  const read = await readRequest(request)
  const outline = outlineOf(call, read.body)
  const places = components.offer.placesFor(caller, { model: outline.model, operation: call.operation })
  const end = await workOn(components, { ...read, call, outline, places, passed: passedOn(request), response, signal })
  if (end.kind === 'failed') {
    refuse({ request, response }, end.error, end.sent)
    return
  }
  if (caller !== null && end.tokens !== null) components.usage.count({ peer: caller, direction: 'served', ...end.tokens })
  if (end.kind === 'declined') pass(response, end)
}

/** In the words of nodes: the one that asks for the program knows its dialect. */
function refuse({ request, response }: Pick<Served, 'request' | 'response'>, error: FcnError, executed: boolean): void {
  sendFailure(response, error, { requestId: requestIdIn(request.headers), executed })
}

/** Headers of the program that an engine should see: where the request has been, so that it cannot go round in circles. */
function passedOn({ headers }: IncomingMessage): Record<string, string> {
  const passed = ['via', 'x-request-id', 'anthropic-version', 'anthropic-beta'] as const
  return Object.fromEntries(passed.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])))
}

/** The engine's own words to a request that it does not take. */
function pass(response: ServerResponse, { status, contentType, body }: Extract<WorkEnd, { kind: 'declined' }>): void {
  response.writeHead(status, { 'content-type': contentType, 'content-length': body.length, 'cache-control': 'no-store' })
  response.end(body)
}
