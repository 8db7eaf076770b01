import type { IncomingHttpHeaders } from 'node:http'

/** Headers by lower-case name, without a prototype so that no name is special. */
export type Headers = Record<string, string | string[]>

/** About one connection, not about the message: never forwarded (RFC 9110, 7.6.1), whatever `Connection` says. */
const hopByHop = new Set([
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** Headers with this prefix are written by nodes only; what comes from programs is dropped, so that nobody can pretend. */
const ownPrefix = 'x-fcn-'
/** Cookies of the node's own page share the host with everything it forwards. */
const ownCookie = /^\s*fcn_/iu

/**
 * Headers of a request for the next hop. Left out are: hop-by-hop headers and those that `Connection` names, `Host`
 * (the next hop has its own), `Expect` (answered by our HTTP server), our own names, and credentials that were meant
 * for this node. `isNodeSecret` tells these from a service's own keys in the same headers.
 */
export function forwardedRequestHeaders(rawHeaders: readonly string[], isNodeSecret: (value: string) => boolean): Headers {
  const headers = collect(rawHeaders)
  dropConnectionHeaders(headers)
  for (const name of Object.keys(headers)) {
    const value = headers[name] as string | string[]
    if (name === 'host' || name === 'expect' || name.startsWith(ownPrefix)) delete headers[name]
    else if (name === 'cookie') replace(headers, name, cookiesOfOthers(value))
    else if (name === 'x-api-key' || name === 'authorization')
      replace(
        headers,
        name,
        list(value).filter((one) => !isNodeSecret(one.replace(/^bearer\s+/iu, '').trim())),
      )
  }
  return headers
}

/** Headers of an answer for the caller; also drops cookies that would overwrite those of the node's own page. */
export function forwardedResponseHeaders(upstream: IncomingHttpHeaders): Headers {
  const headers: Headers = Object.create(null) as Headers
  for (const [name, value] of Object.entries(upstream)) if (value !== undefined) headers[name.toLowerCase()] = value
  dropConnectionHeaders(headers)
  for (const name of Object.keys(headers)) {
    if (name.startsWith(ownPrefix)) delete headers[name]
    else if (name === 'set-cookie')
      replace(
        headers,
        name,
        list(headers[name] as string | string[]).filter((cookie) => !ownCookie.test(cookie)),
      )
  }
  return headers
}

/** The name by which this node signs `Via` (RFC 9110, 7.6.3). */
export const viaName = (node: string): string => `fcn-${node}`

/** Most nodes a request may pass. Two is usual; more appear when a service behind a node asks its own node. */
export const maxHops = 8

/** Whether the request has been here before, or has passed too many nodes to go on. */
export function isLoop(via: string | string[] | undefined, node: string): boolean {
  const hops = list(via ?? [])
    .flatMap((line) => line.split(','))
    .map((hop) => hop.trim().split(/\s+/u)[1] ?? '')
  return hops.includes(viaName(node)) || hops.filter((hop) => hop.startsWith('fcn-')).length >= maxHops
}

/** Adds one entry to a header that is a comma-separated list. */
export function append(headers: Headers, name: string, entry: string): void {
  headers[name] = [...list(headers[name] ?? []), entry].join(', ')
}

function collect(rawHeaders: readonly string[]): Headers {
  const headers: Headers = Object.create(null) as Headers
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] as string).toLowerCase()
    const value = rawHeaders[index + 1] as string
    const known = headers[name]
    headers[name] = known === undefined ? value : [...list(known), value]
  }
  return headers
}

function dropConnectionHeaders(headers: Headers): void {
  const named = list(headers['connection'] ?? []).flatMap((line) => line.split(','))
  for (const name of named) delete headers[name.trim().toLowerCase()]
  for (const name of hopByHop) delete headers[name]
}

function cookiesOfOthers(value: string | string[]): string[] {
  const kept = list(value)
    .flatMap((line) => line.split(';'))
    .filter((cookie) => !ownCookie.test(cookie))
  return kept.length === 0 ? [] : [kept.map((cookie) => cookie.trim()).join('; ')]
}

function replace(headers: Headers, name: string, values: string[]): void {
  if (values.length === 0) delete headers[name]
  else headers[name] = values.length === 1 ? (values[0] as string) : values
}

const list = (value: string | string[]): string[] => (Array.isArray(value) ? value : [value])
