import { Agent, type Dispatcher, request } from 'undici'
import { FcnError } from '../errors.ts'
import { boundedText } from '../support/bounded-body.ts'
import type { Clock } from '../support/clock.ts'
import type { DialGuard } from '../support/dial-guard.ts'

interface ExchangeComponents {
  clock: Clock
  /** Keeps it from asking itself, and from addresses that are never dialled. */
  guard: DialGuard
}

interface ExchangeOptions {
  /** From dialling to the last byte of the answer, ms; also ends an answer that drips. */
  timeout: number
  /** Longest answer, bytes. */
  maxAnswer: number
}

interface Question {
  /** Without a slash at its end. */
  url: string
  path: string
  headers: Record<string, string>
  /** JSON to post; absent: it is a GET. */
  body?: string | undefined
  signal: AbortSignal
}

export interface Answer {
  status: number
  headers: Dispatcher.ResponseData['headers']
  text: string
}

/** One question to an old node and its whole answer, whatever its status. Keys are in the headers and nowhere else. */
export interface Exchange {
  /** Throws FcnError: `unreachable`, `timeout`, `bad_answer`, `refused_address`, `own_address`, or the signal's reason. No redirects are followed. */
  ask(question: Question): Promise<Answer>
  close(): Promise<void>
}

const connectTimeout = 5_000

export function createExchange({ clock, guard }: ExchangeComponents, { timeout, maxAnswer }: ExchangeOptions): Exchange {
  const dispatcher = new Agent({
    connections: 1,
    pipelining: 1,
    keepAliveTimeout: 1_000, // questions are far apart; an idle connection to each of 1000 peers helps nobody
    connect: guard.connector(connectTimeout),
    maxHeaderSize: 16_384,
  })

  return {
    async ask({ url, path, headers, body, signal }) {
      const late = new AbortController()
      const cancel = clock.after(timeout, () =>
        late.abort(new FcnError('timeout', `${hostOf(url)} did not finish its answer within ${timeout / 1000} seconds.`)),
      )
      try {
        const answer = await request(`${url}${path}`, {
          dispatcher,
          method: body === undefined ? 'GET' : 'POST',
          headers: { accept: 'application/json', ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
          body: body ?? null,
          signal: AbortSignal.any([signal, late.signal]),
        })
        const text = await boundedText(answer.body, maxAnswer)
        if (text === null) throw new FcnError('bad_answer', `The answer of ${hostOf(url)} is longer than ${maxAnswer} bytes.`)
        return { status: answer.statusCode, headers: answer.headers, text }
      } catch (error) {
        throw explain(late.signal.aborted ? late.signal.reason : error, url)
      } finally {
        cancel()
      }
    },
    close: () => dispatcher.destroy(),
  }
}

/** After a 429 without Retry-After: the window of their limit, seconds. */
const theirWindow = 15 * 60

/** Throws `too_many` (details: retryAfter, seconds) when the old node wants a pause. */
export function refusePause({ status, headers }: Answer, url: string): void {
  if (status !== 429) return
  const seconds = Number(headers['retry-after'])
  const retryAfter = Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 24 * 3600) : theirWindow
  throw new FcnError('too_many', `${hostOf(url)} has been asked too often and wants a pause.`, { details: { retryAfter } })
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

export const hostOf = (url: string): string => new URL(url).host
