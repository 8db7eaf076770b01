/** Meshes this node was removed from: kept so that its user learns of it, until it is a member again. */
import type { Health, MeshId } from '../components.ts'
import type { FormerMeshRow, MeshStore } from './mesh-store.ts'

export function createFormerMeshes({ store, health }: { store: MeshStore; health: Pick<Health, 'raise' | 'clear'> }) {
  const codeOf = (mesh: MeshId) => `removed_from:${mesh}`

  const warn = ({ id, name, by, at }: FormerMeshRow) =>
    health.raise({
      code: codeOf(id),
      severity: 'warning',
      title: `Removed from ${name}`,
      text: `This computer was removed from ${name} by ${by.name} on ${new Date(at).toISOString().slice(0, 10)}. It shares nothing with that mesh any more.`,
      action: `If this is a mistake, ask ${by.name} to let it in again, then join as the first time.`,
    })

  return {
    load: () => {
      for (const row of store.formerMeshes()) warn(row)
    },
    add(row: FormerMeshRow): void {
      store.saveFormerMesh(row)
      warn(row)
    },
    /** This node is in the mesh again. */
    clear(mesh: MeshId): void {
      store.deleteFormerMesh(mesh)
      health.clear(codeOf(mesh))
    },
  }
}
