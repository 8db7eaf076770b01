import { Client } from 'undici'
import type { ProgramCheck } from '../../contract/programs.ts'
import { FcnError, toFcnError } from '../errors.ts'
import { hostOf, portOf } from '../support/authority.ts'
import { boundedText } from '../support/bounded-body.ts'
import type { DialGuard } from '../support/dial-guard.ts'
import { knownPrograms } from './known-programs.ts'
import { pageTitle } from './page-title.ts'

/** Longest look, ms, from connecting to the last byte, and how much of the first page is read, bytes. */
const limit = 3_000
const maxBytes = 256 * 1024

/** What answers at the address of a program: its first page is asked for, as a browser would. Never throws. */
export async function whatAnswers(url: URL, guard: DialGuard, signal: AbortSignal): Promise<ProgramCheck> {
  const checked = (kind: ProgramCheck['kind'], more: Partial<ProgramCheck> = {}): ProgramCheck => ({
    ...{ url: url.href.replace(/\/$/u, ''), kind, name: null, status: null, problem: null },
    ...more,
  })
  try {
    guard.check(hostOf(url), portOf(url))
    const { status, title } = await firstPage(url, guard, signal)
    return checked('web', { status, name: title ?? knownPrograms.get(portOf(url)) ?? null })
  } catch (error) {
    const problem = toFcnError(error).toFailure()
    if (problem.code === 'own_address') return checked('own', { problem })
    if (problem.code === 'refused_address') return checked('refused', { problem })
    if (isNotReached(error)) return checked('nothing', { problem: nothingThere(url) })
    // connected, and then it spoke something else, said nothing, wanted TLS, or hung up
    return checked('other', { name: knownPrograms.get(portOf(url)) ?? null })
  }
}

/** Nobody took the connection, or the name leads nowhere. */
const notReached = new Set([
  ...['ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL'],
  ...['ENOTFOUND', 'EAI_AGAIN', 'EACCES', 'EPERM'],
])
const isNotReached = (error: unknown) => error instanceof Error && 'code' in error && notReached.has(String(error.code))

async function firstPage(url: URL, guard: DialGuard, signal: AbortSignal): Promise<{ status: number; title: string | null }> {
  const client = new Client(url.origin, { connect: guard.connector(limit), headersTimeout: limit, bodyTimeout: limit })
  try {
    const answer = await client.request({
      path: url.pathname,
      method: 'GET',
      headers: { accept: 'text/html, */*;q=0.5', 'user-agent': 'free-compute-node' },
      signal,
    })
    const isHtml = String(answer.headers['content-type'] ?? '').includes('html')
    const text = isHtml ? await boundedText(answer.body, maxBytes).catch(() => null) : null
    return { status: answer.statusCode, title: text === null ? null : pageTitle(text) }
  } finally {
    await client.destroy()
  }
}

const nothingThere = (url: URL) =>
  new FcnError('unreachable', `No program answers at ${url.host}.`, { action: 'Start the program, or correct the port.' }).toFailure()
