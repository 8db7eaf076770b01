import { BlockList, isIP } from 'node:net'
import { FcnError } from '../errors.ts'

/**
 * Where this node may go on the word of somebody else (a registered URL, a mesh.json): any host of a home or the
 * internet, but not to link-local addresses and those of cloud metadata services, nor to itself.
 */
const forbidden = new BlockList()
forbidden.addSubnet('0.0.0.0', 8, 'ipv4')
forbidden.addSubnet('169.254.0.0', 16, 'ipv4') // link-local, and the metadata service of most clouds
forbidden.addAddress('100.100.100.200', 'ipv4') // metadata service of Alibaba Cloud
forbidden.addSubnet('224.0.0.0', 3, 'ipv4') // multicast, reserved, broadcast
forbidden.addAddress('::', 'ipv6')
forbidden.addSubnet('fe80::', 10, 'ipv6')
forbidden.addSubnet('ff00::', 8, 'ipv6')
forbidden.addAddress('fd00:ec2::254', 'ipv6') // metadata service of AWS
forbidden.addSubnet('64:ff9b::', 96, 'ipv6') // NAT64 and 6to4 carry any IPv4 address, so the forbidden ones too
forbidden.addSubnet('2002::', 16, 'ipv6')

/** Whether an IP address (v4, v6, v4 inside v6) must not be dialled. Anything that is no IP address must not. */
export function isForbiddenAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 0) return true
  return forbidden.check(address.replace(/%.*$/u, ''), family === 6 ? 'ipv6' : 'ipv4')
}

/** Where this node itself is reached. */
export interface OwnPlace {
  port: number
  /** Its addresses, loopback or not. */
  addresses: string[]
}

export function isOwnPlace(address: string, port: number, own: OwnPlace): boolean {
  if (port !== own.port) return false
  const plain = /^::ffff:(?<v4>[\d.]+)$/iu.exec(address)?.groups?.['v4'] ?? address
  return isLoopbackAddress(plain) || own.addresses.includes(plain)
}

/**
 * A URL under which an old node can be asked, in its one canonical form (no trailing slash). Throws `invalid_input`
 * for what is not an http(s) URL of a host, `refused_address` for forbidden addresses, `own_address` for this node.
 * Names are looked up only when they are dialled, and checked then again.
 */
export function parseLegacyUrl(text: string, own: OwnPlace): string {
  const url = text.length <= 2048 && URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/u.test(url.protocol) || url.hostname === '') {
    throw new FcnError('invalid_input', 'The URL of a node begins with http:// or https:// and names a host.', {
      action: 'Write it like http://192.168.1.20:3000.',
    })
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new FcnError('invalid_input', 'The URL of a node has no user, password, query or fragment.', {
      action: 'Write it like http://192.168.1.20:3000.',
    })
  }
  const host = url.hostname.replace(/^\[|\]$/gu, '')
  const literal = isIP(host) !== 0
  if (literal && isForbiddenAddress(host)) throw refusedAddress(host)
  if ((literal && isOwnPlace(host, portOf(url), own)) || (isLocalName(host) && portOf(url) === own.port)) throw ownAddress(url.host)
  return url.href.replace(/\/+$/u, '')
}

const portOf = (url: URL) => Number(url.port || (url.protocol === 'https:' ? 443 : 80))

export const refusedAddress = (address: string) =>
  new FcnError('refused_address', `The address ${address} is link-local or reserved, and is never contacted.`, {
    action: 'Use the address of the machine in your network.',
  })

export const ownAddress = (address: string) => new FcnError('own_address', `The address ${address} is this node itself.`)

const isLocalName = (host: string) => host === 'localhost' || host.endsWith('.localhost')

const isLoopbackAddress = (address: string) => address === '::1' || (isIP(address) === 4 && address.startsWith('127.'))
