import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { defaultHubLimits, type HubLimits, hubLimits } from '../../contract/relay.ts'
import type { MeshId } from '../components.ts'

/** In the database and not in the settings: it hangs on a mesh and goes with it. */
export const hubSchema = `CREATE TABLE IF NOT EXISTS hub_roles (
  mesh_id TEXT PRIMARY KEY, enabled INTEGER NOT NULL, limits TEXT NOT NULL, month TEXT NOT NULL, bytes INTEGER NOT NULL
) STRICT;`

/** Whether and how much this node relays for a mesh, and the bytes passed on in `month` (`2026-11`, UTC). */
export interface HubRole {
  mesh: MeshId
  on: boolean
  limits: HubLimits
  month: string
  bytes: number
}

export interface HubStore {
  all(): HubRole[]
  save(role: HubRole): void
  remove(mesh: MeshId): void
}

const row = z
  .object({ mesh_id: z.string(), enabled: z.number(), limits: z.string(), month: z.string(), bytes: z.number() })
  .transform(({ mesh_id: mesh, enabled, limits, month, bytes }): HubRole => ({
    mesh,
    on: enabled === 1,
    limits: { ...defaultHubLimits, ...hubLimits.partial().parse(JSON.parse(limits)) },
    month,
    bytes,
  }))

/** Throws when what is stored makes no sense: a limit must not be lost in silence. */
export function createHubStore(database: DatabaseSync): HubStore {
  const select = database.prepare('SELECT mesh_id, enabled, limits, month, bytes FROM hub_roles ORDER BY mesh_id')
  const upsert = database.prepare('INSERT OR REPLACE INTO hub_roles (mesh_id, enabled, limits, month, bytes) VALUES (?, ?, ?, ?, ?)')
  const remove = database.prepare('DELETE FROM hub_roles WHERE mesh_id = ?')
  return {
    all: () => z.array(row).parse(select.all()),
    save: ({ mesh, on, limits, month, bytes }) => void upsert.run(mesh, on ? 1 : 0, JSON.stringify(limits), month, bytes),
    remove: (mesh) => void remove.run(mesh),
  }
}
