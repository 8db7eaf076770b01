import { Agent, type Dispatcher, request } from 'undici'
import type { z } from 'zod'
import type { OfferedService } from '../../contract/snapshot.ts'
import { FcnError } from '../errors.ts'
import { boundedText } from '../support/bounded-body.ts'
import type { Clock } from '../support/clock.ts'
import type { DialGuard } from '../support/dial-guard.ts'
import { parseJson } from '../support/json.ts'
import { healthAnswer, infoAnswer, type LegacyInfo, servicesAnswer } from './legacy-answers.ts'

interface ClientComponents {
  clock: Clock
  /** Keeps it from asking itself, and from addresses that are never dialled. */
  guard: DialGuard
}

interface ClientOptions {
  /** From dialling to the last byte of the answer, ms; also ends an answer that drips. */
  timeout?: number
}

/** Where and with what to ask. Keys go into a header and nowhere else. */
export interface LegacyTarget {
  url: string
  key?: string | undefined
  signal: AbortSignal
}

/**
 * Speaks the Router API v0.1 to one old node at a time. All throw FcnError: `unreachable`, `timeout`, `unauthorized`,
 * `too_many` (details: retryAfter, seconds), `bad_answer`, `refused_address`, `own_address`. No redirects are followed.
 */
export interface LegacyClient {
  health(target: LegacyTarget): Promise<{ name: string | undefined; latencyMs: number }>
  info(target: LegacyTarget): Promise<LegacyInfo>
  services(target: LegacyTarget): Promise<OfferedService[]>
  /** Tells the old node of this one. */
  register(target: LegacyTarget, node: { nodeUrl: string; nodeName: string; capabilities: string[] }): Promise<void>
  close(): Promise<void>
}

const maxAnswer = 1024 * 1024
const connectTimeout = 5_000
/** After a 429 without Retry-After: the window of their limit. */
const theirWindow = 15 * 60

export function createLegacyClient({ clock, guard }: ClientComponents, { timeout = 10_000 }: ClientOptions = {}): LegacyClient {
  const dispatcher = new Agent({
    connections: 1,
    pipelining: 1,
    keepAliveTimeout: 1_000, // polls are far apart; an idle connection to each of 1000 peers helps nobody
    connect: guard.connector(connectTimeout),
    maxHeaderSize: 16_384,
  })

  /** The status and text of an answer, within the limits of time and size. */
  async function ask({ url, key, signal }: LegacyTarget, path: string, body?: unknown): Promise<{ status: number; text: string }> {
    const late = new AbortController()
    const cancel = clock.after(timeout, () =>
      late.abort(new FcnError('timeout', `${hostOf(url)} did not finish its answer within ${timeout / 1000} seconds.`)),
    )
    try {
      const answer = await request(`${url}${path}`, {
        dispatcher,
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          accept: 'application/json',
          ...(key === undefined ? {} : { 'x-api-key': key }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.any([signal, late.signal]),
      })
      const text = await boundedText(answer.body, maxAnswer)
      if (text === null) throw new FcnError('bad_answer', `The answer of ${hostOf(url)} is longer than ${maxAnswer} bytes.`)
      refuseStatus(answer, url)
      return { status: answer.statusCode, text }
    } catch (error) {
      throw explain(late.signal.aborted ? late.signal.reason : error, url)
    } finally {
      cancel()
    }
  }

  async function read<T extends z.ZodType>(target: LegacyTarget, path: string, schema: T): Promise<z.output<T>> {
    const { status, text } = await ask(target, path)
    const parsed = status < 300 ? schema.safeParse(parseJson(text)) : null
    if (parsed?.success) return parsed.data
    throw new FcnError('bad_answer', `${hostOf(target.url)} answers, but not as a Free Compute Node does (${path}, status ${status}).`)
  }

  return {
    async health(target) {
      const begun = clock.monotonic()
      const { node } = await read(target, '/api/health', healthAnswer)
      return { name: node, latencyMs: clock.monotonic() - begun }
    },
    info: (target) => read(target, '/api/node/info', infoAnswer),
    services: (target) => read(target, '/api/services', servicesAnswer),
    async register(target, node) {
      const { status } = await ask(target, '/api/mesh/register', node)
      if (status >= 300) throw new FcnError('bad_answer', `${hostOf(target.url)} did not take this node in (status ${status}).`)
    },
    close: () => dispatcher.destroy(),
  }
}

function refuseStatus({ statusCode, headers }: Dispatcher.ResponseData, url: string): void {
  if (statusCode === 401 || statusCode === 403) {
    throw new FcnError('unauthorized', `${hostOf(url)} does not accept the key.`, {
      action: 'Use the ROUTER_AUTH_KEY from the settings of that node.',
    })
  }
  if (statusCode === 429) {
    const seconds = Number(headers['retry-after'])
    const retryAfter = Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 24 * 3600) : theirWindow
    throw new FcnError('too_many', `${hostOf(url)} has been asked too often and wants a pause.`, { details: { retryAfter } })
  }
}

function explain(error: unknown, url: string): FcnError {
  if (error instanceof FcnError) return error
  const { code, cause } = error as { code?: string; cause?: unknown }
  if (cause instanceof FcnError) return cause
  const host = hostOf(url)
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') {
    return new FcnError('unreachable', `${host} does not answer.`, {
      action: 'Check that it runs and that its firewall lets this computer in.',
    })
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new FcnError('unreachable', `There is no host named ${new URL(url).hostname}.`, { action: 'Check the spelling.' })
  }
  if (code === 'ECONNREFUSED') {
    return new FcnError('unreachable', `Nothing listens at ${host}.`, { action: 'Check that the node runs there, and its port.' })
  }
  if (code?.startsWith('HPE_') || code === 'UND_ERR_HEADERS_OVERFLOW') {
    return new FcnError('bad_answer', `What answers at ${host} does not speak HTTP.`, { cause: error })
  }
  return new FcnError('unreachable', `The connection to ${host} failed (${code ?? 'no reason given'}).`, { cause: error })
}

const hostOf = (url: string) => new URL(url).host
