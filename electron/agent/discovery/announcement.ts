/** What this node says of itself on the local network, and how it is put into DNS-SD (RFC 6763). Pure. */
import type { NodeId } from '../components.ts'

export const serviceType = 'freecompute'
export const serviceDomain = `_${serviceType}._tcp.local`

export interface Announcement {
  id: NodeId
  name: string
  port: number
  /** Versions of the peer protocol. */
  protocols: readonly number[]
  /** Names of its meshes, when the user allows them to be told. */
  meshes: readonly string[]
  /** It is in no mesh yet. */
  isNew: boolean
}

/** A DNS label has at most so many bytes. */
const maxLabel = 63
/** Bytes of one TXT string, RFC 1035; some are for the key. */
const maxValue = 200
/** Names of meshes that are told. */
const maxMeshes = 3

/** The first group of an id: enough to tell the nodes of a home apart. */
export const shortId = (id: NodeId): string => id.slice(0, 7)

/**
 * The service instance: unique because it ends in the id, so that two nodes of one name never fight for it. Without
 * dots, at which some programs cut it.
 */
export function instanceName({ id, name }: Pick<Announcement, 'id' | 'name'>): string {
  const suffix = ` (${shortId(id)})`
  const plain = name.replaceAll('.', '-')
  return `${cutBytes(plain, maxLabel - suffix.length)}${suffix}`
}

/** The name of the host in address records; the machine's own name belongs to others. */
export const hostName = (id: NodeId): string => `fcn-${id.toLowerCase()}.local`

/** TXT: `txtvers` first (RFC 6763 section 6.7); what identifies the node is here, names are for people. */
export function textOf({ id, name, port, protocols, meshes, isNew }: Announcement): Record<string, string> {
  const named = meshes.slice(0, maxMeshes).map((mesh, index) => [`mesh${index === 0 ? '' : index + 1}`, cutBytes(mesh, maxValue)])
  return {
    txtvers: '1',
    id,
    name: cutBytes(name, maxValue),
    port: String(port),
    v: protocols.join(','),
    tls: '1',
    new: isNew ? '1' : '0',
    ...(Object.fromEntries(named) as Record<string, string>),
  }
}

/** At most so many bytes of UTF-8, whole characters only. */
function cutBytes(text: string, bytes: number): string {
  let cut = text
  while (Buffer.byteLength(cut) > bytes) cut = [...cut].slice(0, -1).join('')
  return cut
}
