/** Addresses of nodes as people type them and as member records carry them. Pure. */
import { isIP, isIPv6 } from 'node:net'
import { FcnError } from '../errors.ts'
import { isForbiddenAddress, refusedAddress } from '../support/address-rules.ts'
import { hostOf, portOf } from '../support/authority.ts'

const defaultPort = 3000
const longest = 300

/**
 * The base URL `http://host:port` of what a person typed: scheme and port 3000 may be absent, a path is ignored (people
 * copy page addresses). Throws `invalid_input`, `refused_address`.
 */
export function parseTypedUrl(typed: string): URL {
  const text = typed.trim()
  if (text === '' || text.length > longest) throw invalid('An address has 1 to 300 characters.')
  const [, scheme, rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/isu.exec(text) ?? []
  if (scheme !== undefined && !/^https?$/iu.test(scheme)) throw invalid(`An address begins with http://, not with ${scheme}://.`)
  const authority = /^[^/?#\\]*/u.exec(rest)?.[0] ?? ''
  if (authority.includes('@')) throw invalid('An address of a node has no user name or password.')
  const host = isIPv6(authority) ? `[${authority}]` : authority
  const hasPort = /:\d+$/u.test(host)
  // parsed under another scheme's rules the URL would drop a port that is that scheme's default
  const url = URL.parse(`http://${hasPort ? host : `${host}:${defaultPort}`}`)
  if (!url || url.hostname === '') throw invalid('This is not an address of a node.')
  return checked(url)
}

/** The URL of an address from a member record or the store; throws `invalid_input`, `refused_address`. */
export function parseNodeUrl(text: string): URL {
  const url = text.length <= longest ? URL.parse(text) : null
  if (!url || url.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.hostname === '') {
    throw invalid('An address of a node is https://host:port.')
  }
  return checked(url)
}

/** `https://host:port`, always with its port. */
export function originOf(url: URL, protocol: 'http' | 'https'): string {
  return `${protocol}://${url.hostname}:${portOf(url)}`
}

function checked(url: URL): URL {
  const host = hostOf(url)
  if (url.port === '0') throw invalid('Port 0 is no port.')
  if (isIP(host) !== 0 && isForbiddenAddress(host)) throw refusedAddress(host)
  return url
}

function invalid(sentence: string): FcnError {
  return new FcnError('invalid_input', sentence, { action: 'Type it like http://192.168.1.20:3000.' })
}
