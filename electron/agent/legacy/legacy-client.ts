import type { z } from 'zod'
import type { OfferedService } from '../../contract/snapshot.ts'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import type { DialGuard } from '../support/dial-guard.ts'
import { parseJson } from '../support/json.ts'
import { type Answer, createExchange, hostOf, refusePause } from './exchange.ts'
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

export function createLegacyClient({ clock, guard }: ClientComponents, { timeout = 10_000 }: ClientOptions = {}): LegacyClient {
  const exchange = createExchange({ clock, guard }, { timeout, maxAnswer })

  async function ask({ url, key, signal }: LegacyTarget, path: string, body?: unknown): Promise<Answer> {
    const answer = await exchange.ask({
      ...{ url, path, signal },
      headers: key === undefined ? {} : { 'x-api-key': key },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    refusePause(answer, url)
    if (answer.status === 401 || answer.status === 403) throw wrongKey(url)
    return answer
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
    close: () => exchange.close(),
  }
}

const wrongKey = (url: string) =>
  new FcnError('unauthorized', `${hostOf(url)} does not accept the key.`, {
    action: 'Use the ROUTER_AUTH_KEY from the settings of that node.',
  })
