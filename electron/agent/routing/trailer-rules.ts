/**
 * Which fields are passed on behind a body (RFC 9110, 6.5). Trailers come after everything has been decided by the head:
 * one that says how to read, route, answer or allow the message would smuggle in what the head's rules refuse, so that such
 * are left out whoever sends them. Of a request only announced ones pass: by them it is known before the body that the slow
 * way is needed, and the next hop can know what to expect. Pure.
 */
import { type IncomingHttpHeaders, validateHeaderValue } from 'node:http'
import { hopByHop, namedBy, ownPrefix } from './header-rules.ts'

/** Values by name in lower case, as both versions of HTTP take them. */
export type Trailers = Record<string, string | string[]>

/** Bytes of names and values that are passed on; a next hop must not break off a long body because of its end. */
const maxBytes = 8 * 1024

const never = new Set([
  ...hopByHop,
  // where the message ends, and for whom it is
  ...['content-length', 'host', 'via', 'forwarded', 'x-real-ip', 'x-request-id'],
  // what is asked for
  ...['cache-control', 'expect', 'max-forwards', 'pragma', 'range'],
  ...['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since', 'if-range', 'idempotency-key'],
  // who may have it
  ...['authorization', 'cookie', 'set-cookie', 'www-authenticate', 'x-api-key', 'content-security-policy'],
  // how to read and to keep it
  ...['content-type', 'content-encoding', 'content-range'],
  ...['age', 'date', 'expires', 'location', 'retry-after', 'vary', 'warning'],
])

const isAllowed = (name: string): boolean => !never.has(name) && !name.startsWith(ownPrefix) && !name.startsWith('x-forwarded-')

/** The names a request announces that may be passed on, in lower case; null when there are none, or when it cannot have trailers. */
export function announcedTrailers({ trailer, connection, 'transfer-encoding': coding }: IncomingHttpHeaders): string[] | null {
  if (trailer === undefined || coding === undefined) return null // only a chunked body has an end to put them behind
  const named = connection === undefined ? null : namedBy(connection, null)
  const names = trailer.split(',').map((name) => name.trim().toLowerCase())
  const passed = new Set(names.filter((name) => isToken(name) && isAllowed(name) && named?.includes(name) !== true))
  return passed.size === 0 ? null : [...passed]
}

const isToken = (name: string): boolean => /^[\w!#$%&'*+.^`|~-]+$/u.test(name)

/** Trailers of a request for the next hop; `announced` is what `announcedTrailers` said of its head. */
export function requestTrailers(rawTrailers: readonly string[], announced: readonly string[]): Trailers {
  const passed = createPassed()
  for (let index = 0; index + 1 < rawTrailers.length; index += 2) {
    const name = (rawTrailers[index] as string).toLowerCase()
    if (announced.includes(name)) passed.add(name, rawTrailers[index + 1] as string)
  }
  return passed.trailers
}

/** Trailers of an answer for the caller; null when there are none. `also`: the one name of nodes' own that passes. */
export function answerTrailers(upstream: IncomingHttpHeaders, also: string | null = null): Trailers | null {
  let passed: ReturnType<typeof createPassed> | null = null
  for (const name in upstream) {
    if (!isAllowed(name) && name !== also) continue
    passed ??= createPassed()
    for (const value of [upstream[name] ?? []].flat()) passed.add(name, value)
  }
  return passed === null ? null : passed.trailers
}

/** No name is special: the record has no prototype. What is too much, or what HTTP/1.1 cannot say, is left out. */
function createPassed() {
  const trailers = Object.create(null) as Trailers
  let bytes = 0
  return {
    trailers,
    add(name: string, value: string): void {
      bytes += name.length + value.length
      if (bytes > maxBytes || !isSayable(name, value)) return
      const known = trailers[name]
      trailers[name] = known === undefined ? value : [...[known].flat(), value]
    },
  }
}

function isSayable(name: string, value: string): boolean {
  try {
    validateHeaderValue(name, value)
    return true
  } catch {
    return false
  }
}
