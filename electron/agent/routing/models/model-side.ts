/**
 * The router's side for programs that ask for models, in three dialects. Lists are answered from the directory. A request for
 * work is read whole first, since only its body says which model it is for; then it is planned and carried like any other, and
 * its caller hears of failures in its own dialect. Nothing of a request or an answer is written down.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Caller, ModelDirectory, NodeId, Refusals } from '../../components.ts'
import { callOf, dialectOf } from '../../dialects/call-of.ts'
import type { Call, WorkCall } from '../../dialects/dialect.ts'
import { ollamaGreeting, writeList } from '../../dialects/model-lists.ts'
import { outlineOf } from '../../dialects/outline.ts'
import { FcnError, toFcnError } from '../../errors.ts'
import type { Clock } from '../../support/clock.ts'
import { requestIdIn } from '../../support/failure-answer.ts'
import { parseJson } from '../../support/json.ts'
import type { Logger } from '../../support/logger.ts'
import type { AnswerForm } from '../answer-form.ts'
import type { Arrivals } from '../arrivals.ts'
import { createDialectForm } from './dialect-form.ts'
import { createModelPlanner, type ModelAsk, type ModelPlannerComponents } from './model-plan.ts'
import { headersFor, preflightAnswer } from './pages.ts'
import { createWholeBodies } from './whole-body.ts'

export interface ModelSideComponents extends ModelPlannerComponents {
  node: NodeId
  directory: ModelDirectory
  arrivals: Pick<Arrivals, 'request'>
  /** Throws `forbidden`, `unauthorized`, `too_many`. */
  admit: (request: IncomingMessage, caller: Caller) => void
  refusals: Pick<Refusals, 'request'>
  clock: Clock
  log: Logger
}

export interface ModelSide {
  /** Answers one request, whatever it is; never throws. */
  request(request: IncomingMessage, response: ServerResponse, caller: Caller, options: { expectsContinue: boolean }): void
}

/** How long the rest of a body that nobody wants is still taken in, ms, so that its sender can read the answer. */
const linger = 2_000

export function createModelSide(components: ModelSideComponents): ModelSide {
  const { directory, arrivals, admit, refusals, clock, log, node } = components
  const planner = createModelPlanner(components)
  const bodies = createWholeBodies({ clock })

  interface Asked {
    request: IncomingMessage
    response: ServerResponse
    caller: Caller
    expectsContinue: boolean
    path: string
    form: AnswerForm
  }

  const list = async ({ response, request, expectsContinue }: Asked, call: Call & { kind: 'list' }) => {
    const read = request.method === 'POST' ? await bodies.read(request, wantedBy(response, expectsContinue)) : null
    read?.done()
    await directory.look()
    const facts = { now: clock.now(), body: read === null ? undefined : parseJson(read.bytes.toString('utf8')) }
    send(response, writeList(call, directory.usable(), facts))
  }

  const work = async (asked: Asked, call: WorkCall) => {
    const { request, response, caller, path, expectsContinue } = asked
    const { bytes: raw, done } = await bodies.read(request, wantedBy(response, expectsContinue))
    if (response.closed) {
      done()
      return
    }
    response.once('close', done)
    const body = parseJson(raw.toString('utf8'))
    const outline = outlineOf(call, body)
    // who is known is asked at once; for a name that nobody has yet it is worth a moment to hear of those not asked so far
    const looked = directory.look()
    if (directory.meant(outline.model).length === 0) await looked
    const form = createDialectForm(call.dialect, call.operation)
    const ask: ModelAsk = { call, outline, raw, body: body as Record<string, unknown>, path, form }
    arrivals.request(planner(ask), { request, response, caller, expectsContinue: false, form })
  }

  const answer = async (asked: Asked): Promise<void> => {
    const { request, response, caller, path } = asked
    admit(request, caller)
    const preflight = preflightAnswer(request.method, request.headers)
    if (preflight !== null) {
      response.writeHead(204, preflight).end()
      return
    }
    for (const [name, value] of Object.entries(headersFor(request.headers))) response.setHeader(name, value)
    if (path === '/' && (request.method === 'GET' || request.method === 'HEAD')) {
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(ollamaGreeting)
      return
    }
    const call = callOf({ method: request.method ?? 'GET', path, headers: request.headers })
    if (call === null) throw nothingHere(request.method ?? 'GET', path)
    await (call.kind === 'list' ? list(asked, call) : work(asked, call))
  }

  const refuse = ({ request, response, caller, form }: Asked, thrown: unknown) => {
    const error = toFcnError(thrown)
    if (error.code === 'internal') log.error({ error: thrown }, 'A request for a model failed inside.')
    refusals.request(caller, request.headers, error.code)
    if (!request.complete) {
      if (!response.headersSent) response.setHeader('connection', 'close')
      request.resume()
      clock.after(linger, () => void (request.complete || request.destroy()))
    }
    form.refuse(response, error, { requestId: requestIdIn(request.headers), executed: false })
  }

  return {
    request(request, response, caller, { expectsContinue }) {
      const path = (request.url ?? '/').split('?', 1)[0] as string
      const form = createDialectForm(dialectOf({ method: request.method ?? 'GET', path, headers: request.headers }), null)
      const asked: Asked = { request, response, caller, expectsContinue, path, form }
      response.setHeader('x-fcn-node', node) // so that nobody takes this address for an engine, least of all this node
      answer(asked).catch((error: unknown) => refuse(asked, error))
    },
  }
}

const wantedBy = (response: ServerResponse, expectsContinue: boolean) =>
  expectsContinue ? () => response.writeContinue() : () => undefined

function send(response: ServerResponse, value: unknown): void {
  const body = JSON.stringify(value)
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) }).end(body)
}

const nothingHere = (method: string, path: string) =>
  new FcnError('not_found', `There is nothing here for ${method} ${path.slice(0, 100)}.`, {
    action: 'See the README of this program for the calls of OpenAI, Ollama and Anthropic that it answers.',
  })
