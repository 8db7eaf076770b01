import { type CapabilityName, capabilityNames } from '../../electron/contract/capability.ts'
import type { CapabilityView, HealthWarning, MeshView, PeerView, RequestView, Snapshot } from '../../electron/contract/snapshot.ts'
import { settings } from '../../electron/contract/settings.ts'

/** Something that has an id, as a collection of the snapshot. */
export const byId = <T extends { id: string }>(...items: T[]): Record<string, T> => Object.fromEntries(items.map((item) => [item.id, item]))

export const sampleMesh = (name: string, more: Partial<MeshView> = {}): MeshView => ({
  id: `mesh ${name}`,
  name,
  role: 'admin',
  joinedAt: 0,
  members: 1,
  online: 1,
  admins: 1,
  hasRootKey: false,
  recoveryExportedAt: null,
  ...more,
})

export const samplePeer = (name: string, more: Partial<PeerView> = {}): PeerView => ({
  id: `peer ${name}`,
  kind: 'node',
  name,
  meshes: [],
  role: 'member',
  roles: {},
  admittedBy: {},
  removed: null,
  state: 'online',
  path: null,
  addresses: [],
  capabilities: [],
  services: [],
  resources: null,
  lastSeen: null,
  version: null,
  os: null,
  problem: null,
  openToAnyone: false,
  ...more,
})

export const sampleRequest = (name: string, createdAt = 0): RequestView => ({
  id: `request ${name}`,
  mesh: { id: 'mesh', name: 'Maple Street' },
  node: { id: `node ${name}`, name },
  address: '192.168.1.57',
  os: null,
  createdAt,
  code: '402913',
  invite: null,
  removedBefore: null,
})

export const sampleCapability = (name: CapabilityName, more: Partial<CapabilityView> = {}): CapabilityView => ({
  name,
  enabled: false,
  state: 'off',
  backend: null,
  detail: null,
  problem: null,
  checkedAt: null,
  ...more,
})

export const sampleWarning = (title: string, more: Partial<HealthWarning> = {}): HealthWarning => ({
  code: title,
  severity: 'warning',
  title,
  text: title,
  action: null,
  since: 0,
  ...more,
})

/** A node that has just been started for the first time, with what a test says of it. */
export function sampleSnapshot({ node, ...more }: Partial<Omit<Snapshot, 'node'>> & { node?: Partial<Snapshot['node']> } = {}): Snapshot {
  return {
    epoch: 'epoch',
    revision: 1,
    node: {
      id: 'K7QDM3X-WPA4HNU-5SYB2RC-TJE6LQZ',
      name: 'attic-nas',
      state: 'alone',
      urls: [],
      port: 3000,
      movedFromPort: null,
      version: '0.1.0',
      face: 'desktop',
      os: 'linux',
      dataDir: '/data',
      startedAt: 0,
      keyProtection: { kind: 'file', backend: null, why: null },
      ...node,
    },
    settings: settings.parse({ name: 'attic-nas' }),
    resources: null,
    meshes: {},
    peers: {},
    requests: {},
    joins: {},
    capabilities: Object.fromEntries(capabilityNames.map((name) => [name, sampleCapability(name)])),
    services: {},
    invites: {},
    blocked: {},
    grants: {},
    health: {},
    network: { interfaces: [], looking: false, scan: null },
    discovered: {},
    ...more,
  }
}
