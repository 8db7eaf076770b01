/** Arithmetic on addresses of local networks. Pure; scopes (`%eth0`) are not part of an address here. */
import { BlockList, isIP } from 'node:net'

/** Whether two addresses lie in one network of that prefix length; never across families. */
export function inSubnet(address: string, network: string, prefix: number): boolean {
  const family = isIP(address)
  if (family === 0 || family !== isIP(network) || prefix < 0 || prefix > (family === 4 ? 32 : 128)) return false
  const list = new BlockList()
  const kind = family === 4 ? 'ipv4' : 'ipv6'
  list.addSubnet(network, prefix, kind)
  return list.check(address, kind)
}

/** Whether an address lies in one of the networks of these; made once, asked for every packet. */
export function onLinkCheck(own: readonly { address: string; prefix: number }[]): (address: string) => boolean {
  const list = new BlockList()
  for (const { address, prefix } of own) list.addSubnet(address, prefix, isIP(address) === 4 ? 'ipv4' : 'ipv6')
  return (address) => {
    const family = isIP(address)
    return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6')
  }
}

export const isLinkLocal = (address: string): boolean => /^(?:169\.254\.|fe[89ab][0-9a-f]:)/iu.test(address)

/** Whether an address is of those that homes give their machines (RFC 1918, RFC 4193), not one of the internet. */
export const isPrivate = onLinkCheck([
  { address: '10.0.0.0', prefix: 8 },
  { address: '172.16.0.0', prefix: 12 },
  { address: '192.168.0.0', prefix: 16 },
  { address: 'fc00::', prefix: 7 },
])

/** The address without its scope. */
export const withoutScope = (address: string): string => address.replace(/%.*$/u, '')

/** Every host address of the IPv4 network around `address`, in order, at most those of a `/24`; without network and broadcast. */
export function hostsAround(address: string, prefix: number): string[] {
  const size = 2 ** (32 - Math.max(prefix, widestScan))
  const base = Math.floor(toNumber(address) / size) * size
  if (size < 4) return Array.from({ length: size }, (_, index) => toAddress(base + index))
  return Array.from({ length: size - 2 }, (_, index) => toAddress(base + 1 + index))
}

/** Of a larger network only the part around this machine is looked through: home networks are no larger. */
const widestScan = 24

const toNumber = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)

const toAddress = (value: number) => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.')
