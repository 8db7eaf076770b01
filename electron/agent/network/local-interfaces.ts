/** The network interfaces of this machine as the node uses them: ranked, labelled, without those that lead nowhere. Pure. */
import type { NetworkInterfaceInfo } from 'node:os'
import { type InterfaceNature, natureOf } from './interface-kind.ts'
import { fitsPattern } from '../../contract/name-pattern.ts'
import { isLinkLocal } from './subnet.ts'

export interface LocalAddress {
  address: string
  family: 'IPv4' | 'IPv6'
  /** Bits of the network. */
  prefix: number
}

export interface LocalInterface extends InterfaceNature {
  name: string
  /** How IPv6 addresses of one link name it: a number on Windows, else the name. */
  scope: string
  /** Left out by the user's list: neither looked on nor told to others. */
  ignored: boolean
  addresses: LocalAddress[]
}

/** As `os.networkInterfaces()` gives them. */
export type SystemInterfaces = Readonly<Record<string, NetworkInterfaceInfo[] | undefined>>

const rank = { wired: 0, wireless: 1, other: 2, vpn: 3 } as const

/** Wired before wireless before the rest before VPNs, by name within; loopback is none of them. */
export function localInterfaces(
  system: SystemInterfaces,
  { ignored, platform }: { ignored: readonly string[]; platform: NodeJS.Platform },
): LocalInterface[] {
  return Object.entries(system)
    .map(([name, infos = []]) => describe(name, infos, { ignored: fitsPattern(name, ignored), platform }))
    .filter(({ addresses }) => addresses.length > 0)
    .toSorted((a, b) => rank[a.kind] - rank[b.kind] || a.name.localeCompare(b.name))
}

function describe(
  name: string,
  infos: readonly NetworkInterfaceInfo[],
  { ignored, platform }: { ignored: boolean; platform: NodeJS.Platform },
): LocalInterface {
  const outside = infos.filter(({ internal }) => !internal)
  const scopeId = outside.map((info) => info.scopeid ?? 0).find((scope) => scope > 0) // 0: an address that is known beyond its link
  return {
    name,
    scope: platform === 'win32' && scopeId !== undefined ? String(scopeId) : name,
    ignored,
    ...natureOf(
      name,
      outside.map(({ address }) => address),
    ),
    addresses: outside.map(({ address, family, cidr }) => ({
      address,
      family,
      prefix: Number(cidr?.split('/')[1] ?? (family === 'IPv4' ? 32 : 128)),
    })),
  }
}

/** Addresses under which other machines may reach this one, best first: IPv4 of all, then IPv6; none that only one link knows. */
export function outsideAddresses(interfaces: readonly LocalInterface[]): string[] {
  const usable = interfaces
    .filter(({ ignored }) => !ignored)
    .flatMap(({ addresses }) => addresses)
    .filter(({ address }) => !isLinkLocal(address))
  return [...usable.filter(({ family }) => family === 'IPv4'), ...usable.filter(({ family }) => family === 'IPv6')].map(
    ({ address }) => address,
  )
}
