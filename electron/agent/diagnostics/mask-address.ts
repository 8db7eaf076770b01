import { isIP } from 'node:net'
import { isLoopback, plainAddress } from '../support/loopback.ts'
import type { AliasOf } from './aliases.ts'

/** IPv4 networks whose kind says something about the way to a node; the rest of the internet is one kind. */
const v4: [RegExp, string][] = [
  [/^0\.0\.0\.0$/u, '0.0.0.0'],
  [/^10\./u, '10.x.x.x'],
  [/^192\.168\./u, '192.168.x.x'],
  [/^172\.(?:1[6-9]|2\d|3[01])\./u, '172.x.x.x'],
  [/^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./u, '100.x.x.x'],
  [/^169\.254\./u, '169.254.x.x'],
]
const v6: [RegExp, string][] = [
  [/^::$/u, '::'],
  [/^fe[89ab]/u, 'fe80::x'],
  [/^f[cd]/u, 'fd::x'],
]

/** A host without what tells whose it is: the kind of network of an address, an alias of a name; this computer itself stays. */
export function maskHost(host: string, aliasOf: AliasOf): string {
  const bare = plainAddress(host.replaceAll(/^\[|\]$/gu, ''))
  if (bare === 'localhost' || isLoopback(bare)) return bare === '::1' || bare === 'localhost' ? bare : '127.0.0.1'
  switch (isIP(bare)) {
    case 4:
      return v4.find(([pattern]) => pattern.test(bare))?.[1] ?? 'public-ipv4'
    case 6:
      return v6.find(([pattern]) => pattern.test(bare))?.[1] ?? 'public-ipv6'
    default:
      return aliasOf('host', bare)
  }
}

/** `https://192.168.1.20:3000/a` → `https://192.168.x.x:3000`; a tunnel's address keeps an alias of its hub. */
export function maskUrl(url: string, aliasOf: AliasOf): string {
  if (url.startsWith('relay://')) return `relay://${aliasOf('node', url.slice('relay://'.length).replace(/\/.*$/u, '').toUpperCase())}`
  if (!URL.canParse(url)) return 'unreadable'
  const { protocol, hostname, port } = new URL(url)
  const masked = maskHost(hostname, aliasOf)
  return `${protocol}//${masked.includes(':') ? `[${masked}]` : masked}${port === '' ? '' : `:${port}`}`
}

/** Everything that the two above can give. */
const host =
  '(?:localhost|127\\.0\\.0\\.1|::1|::|0\\.0\\.0\\.0|(?:10|172|100)\\.x\\.x\\.x|(?:192\\.168|169\\.254)\\.x\\.x|public-ipv[46]|f[ed]8?0?::x|host-[a-z2-7]{6})'
export const maskedHostPattern = new RegExp(`^${host}$`, 'u')
export const maskedUrlPattern = new RegExp(`^(?:unreadable|relay://node-[a-z2-7]{6}|[a-z]{2,8}://\\[?${host}\\]?(?::\\d{1,5})?)$`, 'u')
