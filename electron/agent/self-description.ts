import type { Capabilities, MeshId, OwnDescription, RelayRole, Services, SettingsStore } from './components.ts'
import { authority } from './support/authority.ts'

interface SelfDescriptionComponents {
  settings: Pick<SettingsStore, 'get'>
  capabilities: Pick<Capabilities, 'list'>
  services: Pick<Services, 'list'>
  /** Whether this machine's connection is paid by volume. */
  metered: () => boolean
  /** The part of this node in the relaying of each mesh. */
  roles: () => Record<MeshId, RelayRole>
  /** Hosts and port under which others reach this node; no port yet while it does not listen. */
  place: () => { hosts: string[]; port: number | null }
}

/** What this node says of itself now. Only what is switched on is offered. */
export function describeSelf(
  { settings, capabilities, services, metered, roles, place }: SelfDescriptionComponents,
  { version, os }: { version: string; os: string },
): OwnDescription {
  const { hosts, port } = place()
  return {
    name: settings.get().name,
    addresses: port === null ? [] : hosts.map((host) => `https://${authority(host, port)}`),
    capabilities: capabilities
      .list()
      .filter(({ enabled }) => enabled)
      .map(({ name, state, detail }) => ({ name, state, ...(detail === null ? {} : { detail }) })),
    services: services.list().map(({ id, name, status }) => ({ id, name, status })),
    version,
    os,
    ...(metered() && { metered: true }),
    relay: roles(),
  }
}
