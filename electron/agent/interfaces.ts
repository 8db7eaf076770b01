import { networkInterfaces } from 'node:os'

/** Names of virtual bridges whose addresses mean nothing to other machines (lessons of NetBird's and others' deny-lists). */
const virtualName = /^(docker|br-|veth|virbr|vmnet|vboxnet|lxc|lxd|cni|flannel|podman|bridge100|vEthernet \(WSL)/i

/** Addresses of this machine that other machines may reach, best first: IPv4 of real interfaces, then global IPv6. */
export function outsideAddresses(interfaces: ReturnType<typeof networkInterfaces> = networkInterfaces()): string[] {
  const usable = Object.entries(interfaces)
    .filter(([name]) => !virtualName.test(name))
    .flatMap(([, addresses]) => addresses ?? [])
    .filter((address) => !address.internal && !isLinkLocal(address.address))
  return [...usable.filter((a) => a.family === 'IPv4'), ...usable.filter((a) => a.family === 'IPv6')].map((a) => a.address)
}

/** Every address of this machine that a connection to itself could go to. */
export function ownAddresses(interfaces: ReturnType<typeof networkInterfaces> = networkInterfaces()): string[] {
  return Object.values(interfaces).flatMap((addresses = []) => addresses.map(({ address }) => address.toLowerCase()))
}

/** Hosts under which a node listening on `host` is reached; loopback when the machine has nothing else. */
export function reachableHosts(host: string | undefined, outside: readonly string[] = outsideAddresses()): string[] {
  const everywhere = host === undefined || host === '0.0.0.0' || host === '::'
  if (!everywhere) return [host]
  const fitting = host === '0.0.0.0' ? outside.filter((address) => !address.includes(':')) : outside
  return fitting.length > 0 ? [...fitting] : ['127.0.0.1']
}

const isLinkLocal = (address: string) => /^(169\.254\.|fe[89ab])/i.test(address)
