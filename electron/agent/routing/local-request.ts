import type { IncomingHttpHeaders } from 'node:http'
import type { Duplex } from 'node:stream'
import { Agent, type buildConnector } from 'undici'
import type { NodeId, RequestServer } from '../components.ts'
import { FcnError } from '../errors.ts'
import { type AnswerHandler, dispatchTo } from '../support/answer-handler.ts'
import type { DialGuard } from '../support/dial-guard.ts'
import { askUpgrade } from '../support/http-upgrade.ts'
import { createInProcessServer, type InProcessServer } from '../support/in-process-server.ts'
import { dispatchWithTrailers } from '../support/trailer-request.ts'
import type { Hop, HopRequest, HopUpgrade } from './hop.ts'

/** Longest wait for a connection to a program on this machine, ms. */
const connectTimeout = 5_000
/** Longest silence in the middle of an answer, ms; event streams may have little to say. */
const bodyTimeout = 3_600_000

interface Served {
  node: NodeId
  /** Name of this node, and of the service, for messages. */
  name: string
  label: string
  /** The program at a URL, or a part of this process. */
  base: URL | RequestServer
  /** Path from its slash on, and query, as sent by the caller. */
  rest: string
}

/**
 * The last hop: from this node to what is behind a service or capability, a program or a part of this process. Redirects are
 * passed on, never followed.
 */
export interface LocalPrograms {
  hop(served: Served): Hop
  close(): Promise<void>
}

export function createLocalPrograms({ guard }: { guard: DialGuard }): LocalPrograms {
  const agent = new Agent({ connect: guard.connector(connectTimeout), bodyTimeout, pipelining: 1 })
  const connect = guard.connector(connectTimeout, { allowH2: false })
  const inside = new Map<RequestServer, { server: InProcessServer; way: Way }>()

  const wayTo = (base: URL | RequestServer): Way => {
    if (base instanceof URL) return { agent, connect, origin: base }
    const known = inside.get(base)
    if (known !== undefined) return known.way
    const server = createInProcessServer(base)
    const way = { agent: new Agent({ connect: server.connect, bodyTimeout, pipelining: 1 }), connect: server.connect, origin: nowhere }
    inside.set(base, { server, way })
    return way
  }

  return {
    hop: (served) => ({
      node: served.node,
      name: served.name,
      path: 'local',
      ...(!(served.base instanceof URL) && { speaksForNode: true as const }),
      dispatch: (message, handler) => dispatch(wayTo(served.base), served, message, handler),
      upgrade: (message) => upgrade(wayTo(served.base), served, message),
    }),
    async close() {
      for (const { server } of inside.values()) server.close()
      await Promise.all([agent, ...[...inside.values()].map(({ way }) => way.agent)].map((each) => each.destroy()))
    },
  }
}

/** How a program is reached. */
interface Way {
  agent: Agent
  /** Makes a connection for a request that the agent cannot send. */
  connect: buildConnector.connector
  origin: URL
}

/** Address of what is inside this process, where one is written down; nobody looks it up. */
const nowhere = new URL('http://in-process')

function dispatch({ agent, connect, origin }: Way, { rest, label }: Served, message: HopRequest, handler: AnswerHandler): void {
  const request = { ...message, path: pathBehind(origin, rest) }
  const answer = new ProgramAnswer(handler, label)
  if (request.trailers === null) dispatchTo(agent, request, answer, origin.origin)
  else dispatchWithTrailers({ connect, origin, bodyTimeout }, request, answer)
}

/** Says what went wrong with the program in words. */
class ProgramAnswer implements AnswerHandler {
  readonly #handler: AnswerHandler
  readonly #label: string

  constructor(handler: AnswerHandler, label: string) {
    this.#handler = handler
    this.#label = label
  }

  started(flow: Parameters<AnswerHandler['started']>[0]): void {
    this.#handler.started(flow)
  }

  head(status: number, headers: IncomingHttpHeaders): void {
    this.#handler.head(status, headers)
  }

  data(chunk: Buffer): void {
    this.#handler.data(chunk)
  }

  ended(trailers: IncomingHttpHeaders): void {
    this.#handler.ended(trailers)
  }

  failed(error: Error, sent: boolean): void {
    this.#handler.failed(backendFailed(error, this.#label), sent && !beforeSending.has(codeOf(error)))
  }
}

async function upgrade(
  { agent, origin }: Way,
  served: Served,
  { method, headers, signal, headersTimeout, protocol }: HopUpgrade,
): Promise<{ headers: IncomingHttpHeaders; socket: Duplex }> {
  const path = pathBehind(origin, served.rest)
  const ask = { origin: origin.origin, path, method, headers, protocol, signal, headersTimeout }
  const answer = await askUpgrade(agent, ask).catch((error: unknown) => {
    throw signal.aborted ? error : backendFailed(error, served.label)
  })
  if (answer.switched) return answer
  throw new FcnError('bad_answer', `“${served.label}” declined the upgrade with status ${answer.status}.`, {
    details: { status: answer.status },
  })
}

/** The service's own path, then the caller's rest untouched. */
export function pathBehind(base: URL, rest: string): string {
  const { pathname } = base
  return pathname === '/' ? rest : pathname.replace(/\/+$/u, '') + rest
}

/** Reasons before a connection stands: the program has seen nothing of the request. */
const beforeSending = new Map([
  ['ECONNREFUSED', 'nothing listens there'],
  ['UND_ERR_CONNECT_TIMEOUT', 'it does not accept connections'],
  ['ETIMEDOUT', 'it does not accept connections'],
  ['ENOTFOUND', 'its host name is unknown'],
  ['EAI_AGAIN', 'its host name cannot be looked up now'],
  ['EHOSTUNREACH', 'its host cannot be reached'],
  ['ENETUNREACH', 'its network cannot be reached'],
])

function backendFailed(error: unknown, label: string): FcnError {
  if (error instanceof FcnError) return error // refused before it was dialled, or the reason of an abort
  const code = codeOf(error)
  const early = beforeSending.get(code)
  if (code === 'UND_ERR_HEADERS_TIMEOUT')
    return new FcnError('timeout', `The program behind “${label}” took the request but did not answer in time.`, { cause: error })
  const reason =
    early ?? (code.startsWith('UND_ERR_INVALID') ? 'the request is not valid HTTP' : 'it broke the connection before it answered')
  return new FcnError('backend_failed', `The program behind “${label}” does not answer: ${reason}.`, {
    action: 'Start that program on the node that shares it, or stop sharing it.',
    details: { reason: code, sent: early === undefined },
    cause: error,
  })
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if ('code' in error && typeof error.code === 'string') return error.code
  return error instanceof AggregateError ? codeOf(error.errors[0]) : error.name
}
