import { Agent } from 'undici'
import type { EngineRequest } from '../../../dialects/dialect.ts'
import { FcnError } from '../../../errors.ts'
import { type AnswerHandler, dispatchTo } from '../../../support/answer-handler.ts'
import type { DialGuard } from '../../../support/dial-guard.ts'
import { type EngineAddress, type EngineFacts, keyHeaders, pathAt } from '../engines/engine-place.ts'

/** Longest wait for a connection to an engine, ms. */
const connectTimeout = 5_000
/** Limits of the last resort, ms: whoever listens to the answer has closer ones (silence-watch.ts). */
const longestSilence = 900_000

/** Sends requests to engines. */
export interface EngineClient {
  /** Never throws; the handler hears of every end. `passed`: headers of the program that go on to the engine. */
  ask(
    address: EngineAddress,
    ask: { request: EngineRequest; openAiPath: EngineFacts['openAiPath']; passed: Record<string, string> },
    handler: AnswerHandler,
  ): void
  close(): Promise<void>
}

export function createEngineClient({ guard }: { guard: DialGuard }): EngineClient {
  const agent = new Agent({ connect: guard.connector(connectTimeout), bodyTimeout: longestSilence, pipelining: 1 })
  return {
    ask({ url, key }, { request, openAiPath, passed }, handler) {
      const { origin, pathname } = new URL(url)
      const base = pathname === '/' ? '' : pathname
      const { body } = request
      const headers = {
        ...passed,
        'content-type': 'application/json',
        'content-length': String(body.length),
        'user-agent': 'free-compute-node',
        ...keyHeaders(key),
      }
      dispatchTo(
        agent,
        {
          method: request.method,
          path: base + pathAt({ openAiPath }, request.path),
          headers: Object.entries(headers).flat(),
          body: () => body,
          trailers: null,
          headersTimeout: longestSilence,
        },
        handler,
        origin,
      )
    },
    close: () => agent.destroy(),
  }
}

/** Codes of connections that never stood. */
const reasons: Record<string, string> = {
  ECONNREFUSED: 'it does not run',
  UND_ERR_CONNECT_TIMEOUT: 'it does not accept connections',
  ETIMEDOUT: 'it does not accept connections',
  ENOTFOUND: 'its host name is unknown',
}

/** What happened between this node and an engine, in words. */
export function engineFailure(error: Error, label: string): FcnError {
  if (error instanceof FcnError) return error
  const code = 'code' in error ? String(error.code) : error.name
  return new FcnError('backend_failed', `${label} does not answer: ${reasons[code] ?? 'it broke the connection'}.`, {
    action: `See on that computer whether ${label} still runs.`,
    details: { reason: code },
    cause: error,
  })
}
