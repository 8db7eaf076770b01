import { networkInterfaces } from 'node:os'
import type { SystemInterfaces } from './local-interfaces.ts'

/** Every address of this machine that a connection to itself could go to. */
export function ownAddresses(interfaces: SystemInterfaces = networkInterfaces()): string[] {
  return Object.values(interfaces).flatMap((addresses = []) => addresses.map(({ address }) => address.toLowerCase()))
}

/** Whether a node listening on `host` takes connections to that IPv4 address of this machine. */
export const listensAt = (host: string | undefined, address: string): boolean =>
  host === undefined || host === '0.0.0.0' || host === '::' || host === address

/** Hosts under which a node listening on `host` is reached; loopback when the machine has nothing else. */
export function reachableHosts(host: string | undefined, outside: readonly string[]): string[] {
  const everywhere = host === undefined || host === '0.0.0.0' || host === '::'
  if (!everywhere) return [host]
  const fitting = host === '0.0.0.0' ? outside.filter((address) => !address.includes(':')) : outside
  return fitting.length > 0 ? [...fitting] : ['127.0.0.1']
}
