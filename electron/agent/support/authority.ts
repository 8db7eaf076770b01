import { isIP } from 'node:net'
import type { Door } from './knock.ts'

/** `host:port` with the brackets an IPv6 address needs. */
export const authority = (host: string, port: number): string => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`)

/** The host of a URL, without the brackets of an IPv6 address, which belong to the URL. */
export const hostOf = (url: { hostname: string }): string => url.hostname.replace(/^\[|\]$/gu, '')

/** The port of an http(s) URL, which does not show the usual one of its scheme. */
export const portOf = (url: { protocol: string; port: string }): number => Number(url.port || (url.protocol === 'https:' ? 443 : 80))

/** Where the program of an http(s) URL takes connections; null for a name, which takes as long to look up as somebody else likes. */
export function doorOf(url: URL): Door | null {
  const host = hostOf(url)
  return isIP(host) === 0 ? null : { host, port: portOf(url) }
}
