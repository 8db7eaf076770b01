import type { IncomingHttpHeaders } from 'node:http'
import { Client } from 'undici'
import { FcnError } from '../errors.ts'
import { boundedText } from '../support/bounded-body.ts'
import type { Look } from './provider.ts'

export interface HttpAnswer {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

/** Longest a look may take, ms, from connecting to the last byte. */
const limit = 5_000
/** Largest answer that is read, bytes. */
const maxBytes = 1024 * 1024

/** What is asked of a program; its path is put behind that of the program's address. */
export interface HttpAsk {
  method: 'GET' | 'POST'
  path: string
  headers?: Record<string, string>
  body?: string
}

/** `httpAsk` without anything but a path. */
export const httpGet = (backend: URL, path: string, look: Look): Promise<HttpAnswer> => httpAsk(backend, { method: 'GET', path }, look)

/**
 * Asks for a path below a backend's own; follows no redirects. Throws `backend_failed` when nothing answers, `timeout`
 * after 5 s, `bad_answer` when the answer is larger than 1 MiB.
 */
export async function httpAsk(backend: URL, { method, path, headers = {}, body }: HttpAsk, { signal, guard }: Look): Promise<HttpAnswer> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(limit)])
  const client = new Client(backend.origin, { connect: guard.connector(limit) })
  try {
    const answer = await client.request({
      path: backend.pathname.replace(/\/+$/u, '') + path,
      method,
      headers: { accept: '*/*', 'user-agent': 'free-compute-node', ...headers },
      ...(body !== undefined && { body }),
      signal: limited,
    })
    const text = await boundedText(answer.body, maxBytes)
    if (text === null)
      throw new FcnError('bad_answer', 'The answer to the check is larger than 1 MiB.', { action: 'See whether the address is right.' })
    return { status: answer.statusCode, headers: answer.headers, text }
  } catch (error) {
    if (signal.aborted || error instanceof FcnError) throw error
    if (limited.aborted) {
      throw new FcnError('timeout', `The program at ${backend.host} did not answer within ${limit / 1000} seconds.`, {
        action: 'See whether that program is overloaded or hangs.',
        cause: error,
      })
    }
    throw new FcnError('backend_failed', `No program answers at ${backend.host}: ${reasonOf(error)}.`, {
      action: 'Start the program, or correct its address.',
      details: { reason: codeOf(error) },
      cause: error,
    })
  } finally {
    await client.destroy()
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

function reasonOf(error: unknown): string {
  const code = codeOf(error)
  if (code === 'ECONNREFUSED') return 'nothing listens there'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'the host name is unknown'
  if (code.startsWith('HPE_')) return 'what answers does not speak HTTP'
  return 'the connection broke'
}
