/** What this node says of itself in a mesh, and whether it still is what it said. Pure. */
import type { Identity, SelfDescription } from '../components.ts'
import { type MemberStatement, nextVersion } from './member-record.ts'
import type { OwnMesh } from './own-mesh.ts'

interface Moment {
  self: SelfDescription
  /** Greatest version of our own record that anybody showed us; 0 when nobody did. */
  seen: number
}

/** The next record of this node, not yet signed. */
export function ownStatement(
  mesh: OwnMesh,
  { id: node, publicKey: key }: Pick<Identity, 'id' | 'publicKey'>,
  { self, seen, left, now }: Moment & { left: boolean; now: number },
): MemberStatement {
  const { version: software, ...said } = self
  const version = nextVersion(Math.max(mesh.table.get(node)?.statement.version ?? 0, seen), now)
  const { id, rootKey, admissions } = mesh
  return { ...said, mesh: id, node, key, version, software, left, rootKey, admissions }
}

/** Whether `said` still is what this node would say now, and the newest that others hold. */
export function saysTheSame(said: MemberStatement | undefined, { admissions }: OwnMesh, { self, seen }: Moment): boolean {
  if (!said || said.left || seen > said.version || said.admissions.join() !== admissions.join()) return false
  const { name, addresses, capabilities, services, software: version, os, metered } = said
  const now = {
    name: self.name,
    addresses: self.addresses,
    capabilities: self.capabilities,
    services: self.services,
    version: self.version,
  }
  const before = { name, addresses, capabilities, services, version, os, metered }
  return JSON.stringify({ ...now, os: self.os, metered: self.metered }) === JSON.stringify(before)
}
