/** What this node says of itself in a mesh, and whether it still is what it said. Pure. */
import type { Identity, OwnDescription } from '../components.ts'
import { relayUrl } from '../protocol/relay-url.ts'
import { maxAddresses, type MemberStatement, nextVersion } from './member-record.ts'
import type { OwnMesh } from './own-mesh.ts'

interface Moment {
  self: OwnDescription
  /** Greatest version of our own record that anybody showed us; 0 when nobody did. */
  seen: number
}

/** The next record of this node, not yet signed. */
export function ownStatement(
  mesh: OwnMesh,
  { id: node, publicKey: key }: Pick<Identity, 'id' | 'publicKey'>,
  { self, seen, left, now }: Moment & { left: boolean; now: number },
): MemberStatement {
  const version = nextVersion(Math.max(mesh.table.get(node)?.statement.version ?? 0, seen), now)
  const { id, rootKey, admissions } = mesh
  return { ...content(mesh, self), mesh: id, node, key, version, left, rootKey, admissions }
}

/** Whether `said` still is what this node would say now, and the newest that others hold. */
export function saysTheSame(said: MemberStatement | undefined, mesh: OwnMesh, { self, seen }: Moment): boolean {
  if (!said || said.left || seen > said.version || said.admissions.join() !== mesh.admissions.join()) return false
  const now = content(mesh, self)
  const before = Object.fromEntries(Object.keys(now).map((key) => [key, said[key as keyof MemberStatement]]))
  return JSON.stringify(now) === JSON.stringify(before)
}

/** Hubs are named after its own addresses: a path of its own is better. Only an admin's node relays. */
function content({ id, role }: OwnMesh, { version: software, relay, metered, ...said }: OwnDescription) {
  const { hub = false, via = [] } = relay?.[id] ?? {}
  const addresses = [...said.addresses.slice(0, maxAddresses - via.length), ...via.map(relayUrl)]
  return { ...said, addresses, software, metered: metered || undefined, hub: (hub && role === 'admin') || undefined }
}
