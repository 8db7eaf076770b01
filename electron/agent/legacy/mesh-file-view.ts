import type { MeshFileNode } from '../../contract/mesh-file.ts'
import type { OfferedCapability, OfferedService, PeerView } from '../../contract/snapshot.ts'
import type { Resources } from '../../contract/resources.ts'
import type { Member, SelfDescription } from '../components.ts'

/** This node as a line of mesh.json. */
export function selfNode(id: string, self: SelfDescription, resources: Resources | null, now: number): MeshFileNode {
  return describe({ id, ...self, url: self.addresses[0], status: 'online', lastSeen: now, resources })
}

export function memberNode(member: Member): MeshFileNode {
  return describe({ ...member, id: member.nodeId, url: member.addresses[0], status: member.state })
}

export function legacyNode(peer: PeerView): MeshFileNode {
  return describe({ ...peer, url: peer.id, status: peer.state })
}

interface Described {
  id: string
  name: string
  url: string | undefined
  capabilities: OfferedCapability[]
  services: OfferedService[]
  resources: Resources | null
  status: string
  lastSeen: number | null
}

function describe({ id, name, url, capabilities, services, resources, status, lastSeen }: Described): MeshFileNode {
  const names = capabilities.filter(({ state }) => state === 'ready').map((capability) => capability.name)
  return {
    id,
    name,
    role: names.length === 1 ? names[0] : 'general',
    ...(url === undefined ? {} : { url: url.replace(/^https:/u, 'http:') }), // the same port answers both
    capabilities: names,
    ...(resources === null ? {} : { resources: sizes(resources) }),
    // older nodes know two words
    services: services.map((service) => ({
      id: service.id,
      name: service.name,
      status: service.status === 'active' ? 'active' : 'inactive',
    })),
    status: status === 'suspect' ? 'online' : status,
    ...(lastSeen === null ? {} : { lastSeen: new Date(lastSeen).toISOString() }),
  }
}

/** Sizes as people write them in that file. */
function sizes({ cpu, memory, disk, gpus }: Resources): Record<string, string> {
  return {
    ...(disk === null ? {} : { storage: `${Math.round(disk.total / 1e9)}GB` }),
    memory: `${Math.round(memory.total / 1e9)}GB`,
    cpu: `${cpu.cores} cores`,
    ...(gpus[0] === undefined ? {} : { gpu: gpus[0].model }),
  }
}
