import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { Grant } from '../../contract/access-decision.ts'
import { grantResource, grantRule } from '../../contract/snapshot.ts'
import type { MeshId } from '../components.ts'

export const grantsSchema = `CREATE TABLE IF NOT EXISTS grants (
  mesh_id TEXT NOT NULL, resource TEXT NOT NULL, rule TEXT, exceptions TEXT NOT NULL, PRIMARY KEY (mesh_id, resource)
) STRICT;`

/** A grant and what it is for. */
export interface StoredGrant extends Grant {
  mesh: MeshId
  resource: string
}

export interface GrantStore {
  all(): StoredGrant[]
  save(grant: StoredGrant): void
  remove(grant: Pick<StoredGrant, 'mesh' | 'resource'>): void
  /** All of a mesh, or all for a thing in every mesh, at once or not at all. */
  removeAll(of: { mesh: MeshId } | { resource: string }): void
}

/** Node id → allowed or not; a list of pairs, because no key of an object may come from outside. */
const exceptions = z.array(z.tuple([z.string(), z.boolean()]))
const row = z
  .object({ mesh_id: z.string(), resource: grantResource, rule: grantRule.nullable(), exceptions: z.string() })
  .transform(({ mesh_id: mesh, exceptions: text, ...rest }): StoredGrant => {
    return { mesh, ...rest, exceptions: new Map(exceptions.parse(JSON.parse(text))) }
  })

/** Throws when what is stored makes no sense: a grant that is not understood must not be taken for none. */
export function createGrantStore(database: DatabaseSync): GrantStore {
  const select = database.prepare('SELECT mesh_id, resource, rule, exceptions FROM grants ORDER BY mesh_id, resource')
  const upsert = database.prepare('INSERT OR REPLACE INTO grants (mesh_id, resource, rule, exceptions) VALUES (?, ?, ?, ?)')
  const remove = database.prepare('DELETE FROM grants WHERE mesh_id = ? AND resource = ?')
  const removeMesh = database.prepare('DELETE FROM grants WHERE mesh_id = ?')
  const removeResource = database.prepare('DELETE FROM grants WHERE resource = ?')
  return {
    all: () => z.array(row).parse(select.all()),
    save: ({ mesh, resource, rule, exceptions: held }) => void upsert.run(mesh, resource, rule, JSON.stringify([...held])),
    remove: ({ mesh, resource }) => void remove.run(mesh, resource),
    removeAll: (of) => void ('mesh' in of ? removeMesh.run(of.mesh) : removeResource.run(of.resource)),
  }
}
