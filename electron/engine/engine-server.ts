/**
 * The engine as programs see it: an HTTP server on loopback that answers in any of the three dialects, for whoever shows
 * the key. Requests of a caller that goes away are ended at once.
 */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { callOf, dialectOf, type RequestHead } from '../agent/dialects/call-of.ts'
import type { AnswerWriter, ExchangeContext, WorkCall } from '../agent/dialects/dialect.ts'
import type { ModelEvent } from '../agent/dialects/events.ts'
import { failureAnswer } from '../agent/dialects/failure.ts'
import { forms } from '../agent/dialects/forms.ts'
import type { EmbedTask, Task } from '../agent/dialects/task.ts'
import { FcnError, toFcnError } from '../agent/errors.ts'
import { boundedText } from '../agent/support/bounded-body.ts'
import { parseJson } from '../agent/support/json.ts'
import { sameSecret } from '../agent/support/secret.ts'
import type { ModelShelf } from './model-shelf.ts'

interface EngineServerComponents {
  shelf: ModelShelf
}

/** Largest request that is read, bytes. */
const maxBody = 32 * 1024 * 1024
/** Longest wait for a whole request, ms. */
const requestLimit = 60_000

/** Listens on a free port of loopback; resolves with it. */
export async function startEngineServer(
  { shelf }: EngineServerComponents,
  { key }: { key: string },
): Promise<{ port: number; server: Server }> {
  const context: ExchangeContext = { now: () => Date.now(), newId: () => randomUUID().replaceAll('-', '') }

  const answer = async (request: IncomingMessage, response: ServerResponse, signal: AbortSignal): Promise<void> => {
    if (!sameSecret(request.headers.authorization ?? '', `Bearer ${key}`))
      throw new FcnError('unauthorized', 'The key of the engine is missing or wrong.')
    const call = callOf(headOf(request))
    if (call?.kind === 'list' && call.operation === 'openai.models') return sendModels(response, shelf.models())
    // tokens are counted by the node, which needs no model for it
    if (call?.kind !== 'work' || call.operation === 'anthropic.count')
      throw new FcnError('not_found', 'The engine for model files has no such call.')
    const text = await boundedText(request, maxBody)
    if (text === null) throw new FcnError('too_large', 'The request is larger than 32 MiB.')
    await work(call, parseJson(text), response, signal)
  }

  const work = async (call: WorkCall, body: unknown, response: ServerResponse, signal: AbortSignal): Promise<void> => {
    const form = forms[call.operation]
    const task = form.readTask(body)
    const writer = form.createWriter({ body, model: task.model, stream: task.stream }, context)
    const lease = await shelf.take(task.model, signal)
    try {
      await carryOut(task, lease.model, sender(response, writer), signal).catch((error: unknown) => {
        throw inWords(error, task.model)
      })
      response.end()
    } finally {
      lease.release()
    }
  }

  const server = createServer({ requestTimeout: requestLimit }, (request, response) => {
    const gone = new AbortController()
    response.on('close', () => gone.abort(new FcnError('timeout', 'The caller has gone away.')))
    answer(request, response, gone.signal).catch((error: unknown) => refuse(request, response, error))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, server }
}

/** What the library says goes to the node, which tells its owner. */
const inWords = (error: unknown, model: string): FcnError =>
  error instanceof FcnError
    ? error
    : new FcnError(
        'backend_failed',
        `The model “${model}” failed: ${error instanceof Error ? error.message.slice(0, 500) : 'no reason was given'}.`,
        {
          cause: error,
        },
      )

async function carryOut(
  task: Task,
  model: Awaited<ReturnType<ModelShelf['take']>>['model'],
  tell: (event: ModelEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  if (task.kind === 'load')
    return tell({ type: 'end', reason: 'load', stopText: null, usage: { input: 0, output: 0, cached: null }, timing: null })
  if (task.kind !== 'embed') return model.run(task, tell, signal)
  const { vectors, tokens } = await model.embed(task.input, signal)
  tell({ type: 'vectors', vectors: vectors.map((vector) => cut(vector, task)) })
  tell({ type: 'end', reason: 'stop', stopText: null, usage: { input: tokens, output: null, cached: null }, timing: null })
}

/** A vector of fewer numbers is the beginning of the whole one, brought to length 1 again. */
function cut(vector: number[], { dimensions }: EmbedTask): number[] {
  if (dimensions === null || dimensions >= vector.length) return vector
  const begin = vector.slice(0, dimensions)
  const length = Math.hypot(...begin)
  return length === 0 ? begin : begin.map((number) => number / length)
}

/** The head goes with the first bytes, so that what fails before them has a status of its own. */
const sender = (response: ServerResponse, writer: AnswerWriter) => (event: ModelEvent) => {
  const bytes = writer.push(event)
  if (bytes === '' || response.destroyed) return
  if (!response.headersSent) response.writeHead(200, { 'content-type': writer.contentType, 'cache-control': 'no-store' })
  response.write(bytes)
}

function sendModels(response: ServerResponse, models: readonly string[]): void {
  const data = models.map((id) => ({ id, object: 'model', created: 0, owned_by: 'free-compute-node' }))
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ object: 'list', data }))
}

const headOf = ({ method = '', url = '', headers }: IncomingMessage): RequestHead => ({ method, path: url, headers })

function refuse(request: IncomingMessage, response: ServerResponse, thrown: unknown): void {
  if (response.headersSent || response.destroyed) return void response.destroy()
  const { status, body } = failureAnswer(dialectOf(headOf(request)), toFcnError(thrown), { requestId: null, executed: false })
  response.writeHead(status, { 'content-type': 'application/json' }).end(body)
}
