/** From where an IPv4 address is reached. Pure. */
import { BlockList, isIPv4 } from 'node:net'

/** `shared`: an address of the provider's own network, given to many customers · `none`: no address at all. */
export type AddressReach = 'public' | 'shared' | 'private' | 'none'

const shared = new BlockList()
shared.addSubnet('100.64.0.0', 10) // RFC 6598, carrier-grade NAT
shared.addSubnet('192.0.0.0', 29) // RFC 6333, DS-Lite: no IPv4 address of one's own

const nowhere = new BlockList()
nowhere.addSubnet('0.0.0.0', 8)
nowhere.addSubnet('127.0.0.0', 8)
nowhere.addSubnet('169.254.0.0', 16)
nowhere.addSubnet('224.0.0.0', 3)

const local = new BlockList()
local.addSubnet('10.0.0.0', 8)
local.addSubnet('172.16.0.0', 12)
local.addSubnet('192.168.0.0', 16)
local.addSubnet('192.0.0.0', 24)
// documentation and benchmarks: a router that says so is a test, or has been misled
local.addSubnet('192.0.2.0', 24)
local.addSubnet('198.18.0.0', 15)
local.addSubnet('198.51.100.0', 24)
local.addSubnet('203.0.113.0', 24)

/** Judges the address that a router says it has outside; anything that is no IPv4 address is none. */
export function reachOf(address: string): AddressReach {
  if (!isIPv4(address) || nowhere.check(address)) return 'none'
  if (shared.check(address)) return 'shared'
  return local.check(address) ? 'private' : 'public'
}
