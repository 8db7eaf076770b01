import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { type CapabilityName, capabilityName } from '../../contract/capability.ts'
import { type PolicyRules, policyRules } from '../../contract/routing.ts'
import type { MeshId } from '../components.ts'

/** In the database and not in the settings: an override hangs on a mesh and goes with it. */
export const policyOverridesSchema = `CREATE TABLE IF NOT EXISTS policy_overrides (
  mesh_id TEXT NOT NULL, capability TEXT NOT NULL, rules TEXT NOT NULL, PRIMARY KEY (mesh_id, capability)
) STRICT;`

/** This node's own rules for one capability of a mesh. */
export interface Override {
  mesh: MeshId
  capability: CapabilityName
  rules: PolicyRules
}

export interface OverrideStore {
  all(): Override[]
  save(override: Override): void
  remove(override: Pick<Override, 'mesh' | 'capability'>): void
  removeMesh(mesh: MeshId): void
}

const row = z
  .object({ mesh_id: z.string(), capability: capabilityName, rules: z.string() })
  .transform(({ mesh_id: mesh, capability, rules }): Override => ({ mesh, capability, rules: policyRules.parse(JSON.parse(rules)) }))

/** Throws when what is stored makes no sense: "only direct" must not be lost in silence. */
export function createOverrideStore(database: DatabaseSync): OverrideStore {
  const select = database.prepare('SELECT mesh_id, capability, rules FROM policy_overrides ORDER BY mesh_id, capability')
  const upsert = database.prepare('INSERT OR REPLACE INTO policy_overrides (mesh_id, capability, rules) VALUES (?, ?, ?)')
  const remove = database.prepare('DELETE FROM policy_overrides WHERE mesh_id = ? AND capability = ?')
  const removeMesh = database.prepare('DELETE FROM policy_overrides WHERE mesh_id = ?')
  return {
    all: () => z.array(row).parse(select.all()),
    save: ({ mesh, capability, rules }) => void upsert.run(mesh, capability, JSON.stringify(rules)),
    remove: ({ mesh, capability }) => void remove.run(mesh, capability),
    removeMesh: (mesh) => void removeMesh.run(mesh),
  }
}
