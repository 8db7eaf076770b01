import type { Capabilities, MeshId, OwnDescription, RelayRole, Services, SettingsStore, Sharing } from './components.ts'
import { authority } from './support/authority.ts'

interface SelfDescriptionComponents {
  settings: Pick<SettingsStore, 'get'>
  capabilities: Pick<Capabilities, 'list'>
  services: Pick<Services, 'list'>
  sharing: Pick<Sharing, 'pausedFor'>
  /** Whether this machine's connection is paid by volume. */
  metered: () => boolean
  /** The part of this node in the relaying of each mesh. */
  roles: () => Record<MeshId, RelayRole>
  /** Hosts and port under which others reach this node; no port yet while it does not listen. */
  place: () => { hosts: string[]; port: number | null }
  /** Where the internet reaches this node by its router; null when it does not. */
  mapped: () => { host: string; port: number } | null
}

/** As many as a member record takes. */
const maxAddresses = 16
/** As many as an invite takes: the way round by the router is among them, since it is the only one for guests from elsewhere. */
const maxInInvite = 6

/** Those of the interfaces first, as far as there is room; they lead here without a detour. */
function withOutside(inside: readonly string[], outside: readonly string[]): string[] {
  const early = inside.slice(0, Math.max(1, maxInInvite - outside.length))
  return [...new Set([...early, ...outside, ...inside.slice(early.length)])].slice(0, maxAddresses)
}

/** A host that the user named, on this node's port when none is named with it. */
const withPort = (address: string, port: number): string =>
  /:\d+$/u.test(address.replace(/^\[.*\]/u, '')) ? address : `${address}:${port}`

/** What this node says of itself now. Only what is switched on is offered. */
export function describeSelf(
  { settings, capabilities, services, sharing, metered, roles, place, mapped }: SelfDescriptionComponents,
  { version, os }: { version: string; os: string },
): OwnDescription {
  const { hosts, port } = place()
  const isPaused = sharing.pausedFor('services') !== null
  const router = mapped()
  const inside = port === null ? [] : hosts.map((host) => authority(host, port))
  const others = port === null ? [] : settings.get().otherAddresses.map((address) => withPort(address, port))
  const outside = [...(router === null ? [] : [authority(router.host, router.port)]), ...others]
  return {
    name: settings.get().name,
    addresses: withOutside(inside, outside).map((each) => `https://${each}`),
    capabilities: capabilities
      .list()
      .filter(({ enabled }) => enabled)
      .map(({ name, state, detail }) => ({ name, state, ...(detail === null ? {} : { detail }) })),
    services: services.list().map(({ id, name, status }) => ({ id, name, status: isPaused ? 'paused' : status })),
    version,
    os,
    ...(metered() && { metered: true }),
    relay: roles(),
  }
}
