import { BlockList, isIP } from 'node:net'
import { FcnError } from '../errors.ts'

/**
 * Where this node never goes on the word of somebody else (a typed or registered URL, a record, a mesh.json, and what
 * a name leads to): metadata services, what only has a meaning on one link, no machine at all, many machines at once.
 * Any other host of a home or the internet is allowed.
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
  return family === 0 || forbidden.check(address.replace(/%.*$/u, ''), family === 6 ? 'ipv6' : 'ipv4')
}

export const refusedAddress = (address: string) =>
  new FcnError('refused_address', `The address ${address} is link-local or reserved, and is never contacted.`, {
    action: 'Use the address of the machine in your network.',
  })
