/**
 * Which headers are passed on (RFC 9110, 7.6). Requests are flat lists of names and values in turn, as node:http gives
 * them and undici takes them: building an object for each request would cost more than all the rules.
 */
import type { IncomingHttpHeaders } from 'node:http'

/** Names in lower case and values in turn. */
export type HeaderList = string[]

/** About one connection, not about the message: never forwarded (RFC 9110, 7.6.1), whatever `Connection` says. */
export const hopByHop = [
  ...['connection', 'http2-settings', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade'],
]

/** Headers with this prefix are written by nodes only; what comes from programs is dropped, so that nobody can pretend. */
export const ownPrefix = 'x-fcn-'
/** Cookies of the node's own page share the host with everything it forwards. */
const ownCookie = /^\s*fcn_/iu

type Rule = 'drop' | 'connection' | 'secret' | 'cookie' | 'via' | 'length' | 'origin'

/** What is not simply passed on. `Host` is the next hop's own, `Expect` is answered by our HTTP server. */
const rules = new Map<string, Rule>([
  ...hopByHop.map((name) => [name, 'drop'] as const),
  ...(['host', 'expect', 'x-request-id'] as const).map((name) => [name, 'drop'] as const),
  ['connection', 'connection'],
  ['x-api-key', 'secret'],
  ['authorization', 'secret'],
  ['cookie', 'cookie'],
  ['via', 'via'],
  ['content-length', 'length'],
  ...(['forwarded', 'x-real-ip'] as const).map((name) => [name, 'origin'] as const),
])

export interface RequestRules {
  /** Whether a value is a credential of this node, which is told from a service's own keys in the same headers. */
  isNodeSecret: (value: string) => boolean
  /** Programs believe addresses in headers from a proxy on their own machine; a peer could claim any. */
  fromPeer: boolean
  hasBody: boolean
  /** Names that pass; absent: all that the rules let through. `Via` is read in any case. */
  only?: ReadonlySet<string>
}

/** The headers of a request for the next hop, and the `Via` it came with; those that the next hop needs are added by the caller. */
export function forwardedRequestHeaders(rawHeaders: readonly string[], given: RequestRules): { headers: HeaderList; via: string | null } {
  const headers: HeaderList = []
  let via: string | null = null
  let cookies: string[] | null = null
  let named: string[] | null = null
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] as string).toLowerCase()
    const value = rawHeaders[index + 1] as string
    const rule = rules.get(name)
    if (given.only !== undefined && rule !== 'via' && !given.only.has(name)) continue
    if (rule === undefined) {
      if (name.startsWith(ownPrefix) || (given.fromPeer && name.startsWith('x-forwarded-'))) continue
      headers.push(name, value)
    } else if (rule === 'via') via = via === null ? value : `${via}, ${value}`
    else if (rule === 'connection') named = namedBy(value, named)
    else if (rule === 'cookie') cookies = [...(cookies ?? []), ...cookiesOfOthers(value)]
    else if (isKept(rule, value, given)) headers.push(name, value)
  }
  if (cookies !== null && cookies.length > 0) headers.push('cookie', cookies.join('; '))
  return { headers: named === null ? headers : without(headers, named), via }
}

function isKept(rule: Rule, value: string, { isNodeSecret, fromPeer, hasBody }: RequestRules): boolean {
  if (rule === 'secret') return !isNodeSecret(value.replace(/^bearer\s+/iu, '').trim())
  if (rule === 'length') return hasBody // without one the client for the next hop says so itself
  return rule === 'origin' && !fromPeer
}

/** What `Connection` names besides the usual, which the rules drop anyway. */
export function namedBy(value: string, before: string[] | null): string[] | null {
  if (value === 'keep-alive' || value === 'close') return before
  return [...(before ?? []), ...value.split(',').map((name) => name.trim().toLowerCase())]
}

/** `Connection` cannot name the length away: the body would lose its end (request smuggling). */
function without(headers: HeaderList, names: readonly string[]): HeaderList {
  const left: HeaderList = []
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] as string
    if (name === 'content-length' || !names.includes(name)) left.push(name, headers[index + 1] as string)
  }
  return left
}

const cookiesOfOthers = (value: string): string[] =>
  value
    .split(';')
    .filter((cookie) => !ownCookie.test(cookie))
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie !== '')

/** Not passed on with an answer: hop by hop, or written anew by this node. */
const droppedFromAnswers = new Set([...hopByHop, 'via', 'server-timing', 'x-request-id'])

/**
 * The headers of an answer for the caller. Cookies that would overwrite those of the node's own page are dropped, and
 * so is everything that this node writes itself.
 */
export function forwardedResponseHeaders(upstream: IncomingHttpHeaders, status: number): HeaderList {
  const headers: HeaderList = []
  const { connection } = upstream
  const named = connection === undefined ? null : namedBy(connection, null)
  for (const name in upstream) {
    if (droppedFromAnswers.has(name) || name.startsWith(ownPrefix)) continue
    if (named !== null && name !== 'content-length' && named.includes(name)) continue
    if (name === 'content-length' && status === 204) continue
    const value = upstream[name]
    if (typeof value === 'string') headers.push(name, value)
    else if (value !== undefined) for (const one of value) if (name !== 'set-cookie' || !ownCookie.test(one)) headers.push(name, one)
  }
  return headers
}

/** The name by which this node signs `Via` (RFC 9110, 7.6.3). */
export const viaName = (node: string): string => `fcn-${node}`

/** Most nodes a request may pass. Two is usual; more appear when a service behind a node asks its own node. */
export const maxHops = 8

/** Whether the request has been here before, or has passed too many nodes to go on. */
export function isLoop(via: string | null, node: string): boolean {
  if (via === null) return false
  const hops = via.split(',').map((hop) => hop.trim().split(/\s+/u)[1] ?? '')
  return hops.includes(viaName(node)) || hops.filter((hop) => hop.startsWith('fcn-')).length >= maxHops
}

/** The value of a comma-separated list with one more entry. */
export const listWith = (list: string | string[] | null | undefined, entry: string): string =>
  list === null || list === undefined ? entry : `${Array.isArray(list) ? list.join(', ') : list}, ${entry}`
