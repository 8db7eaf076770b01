/** What follows when it becomes known that somebody was removed, let in again, or has another role: by whomever it was done. */
import type { AuditLog, Health, Identity, MeshId, NodeId } from '../components.ts'
import type { FormerMeshRow } from './mesh-store.ts'
import { adminsOf } from './governing.ts'
import { isPresent, nameIn, newPolicies, type OwnMesh, removalIn } from './own-mesh.ts'
import type { OwnMeshes } from './own-meshes.ts'
import { type StandingChange, standingChanges } from './standing-changes.ts'

interface Components {
  identity: Identity
  meshes: OwnMeshes
  audit: AuditLog
  health: Pick<Health, 'raise' | 'clear'>
  /** This node was removed: the mesh has to go. */
  removedFrom: (former: FormerMeshRow) => void
  /** Another member was removed. */
  removed: (mesh: MeshId, node: NodeId) => void
  /** This node has another admission, which its record has to carry. */
  adopted: (mesh: MeshId) => void
}

export function createStandingWatch({ identity, meshes, audit, health, removedFrom, removed, adopted }: Components) {
  function note(mesh: OwnMesh, { node, by, ...change }: StandingChange): void {
    if (change.kind === 'recovered' && node === identity.id) return // noted where it was done
    const action = change.kind === 'recovered' ? 'mesh.recovered' : `member.${change.kind}`
    const details = { mesh: mesh.name, ...(change.kind === 'readmitted' && earlierRemoval(mesh, change.removal)) }
    const actor = { actor: nameOf(mesh, by), actorId: by }
    audit.record({ action, ...actor, subject: nameOf(mesh, node), subjectId: node, outcome: 'ok', details })
  }

  const nameOf = (mesh: OwnMesh, node: NodeId) => (node === identity.id ? meshes.self().name : nameIn(mesh, node))
  const earlierRemoval = (mesh: OwnMesh, { by, at }: { by: NodeId; at: number }) => ({ removedBy: nameIn(mesh, by), removedAt: at })

  const forget = (mesh: MeshId) => health.clear(`single_admin:${mesh}`)

  function leaveIfRemoved(mesh: OwnMesh): void {
    const removal = removalIn(mesh, identity.id)
    if (!removal || !meshes.get(mesh.id)) return
    removedFrom({ id: mesh.id, name: mesh.name, ...removal })
    forget(mesh.id)
  }

  return {
    follow(previous: OwnMesh, current: OwnMesh): void {
      const statement = current.judgement.statement
      if (statement && previous.name !== current.name) {
        const actor = { actor: nameOf(current, statement.by), actorId: statement.by }
        const subject = { subject: current.name, subjectId: current.id }
        audit.record({ action: 'mesh.renamed', ...actor, ...subject, outcome: 'ok', details: { from: previous.name } })
      }
      for (const policy of newPolicies(previous, current)) {
        const { capability, version, rules, by } = policy
        const actor = { actor: nameOf(current, by), actorId: by, subject: current.name, subjectId: current.id }
        audit.record({ action: 'policy.changed', ...actor, outcome: 'ok', details: { capability, version, rules } })
      }
      for (const change of standingChanges(previous, current)) {
        note(current, change)
        if (change.kind === 'removed' && change.node !== identity.id) removed(current.id, change.node)
      }
      leaveIfRemoved(current)
      if (meshes.get(current.id) && previous.admissions.join() !== current.admissions.join()) adopted(current.id)
    },

    /** Raises or clears the word that a mesh hangs on one machine; `single_admin:<mesh>`. */
    warnOfSingleAdmin(mesh: OwnMesh): void {
      const code = `single_admin:${mesh.id}`
      const [admin, ...others] = adminsOf(mesh)
      const isShared = [...mesh.table.keys()].some((node) => node !== identity.id && isPresent(mesh, node))
      if (admin !== identity.id || others.length > 0 || !isShared || mesh.recoveryExportedAt !== null) return health.clear(code)
      health.raise({
        code,
        severity: 'info',
        title: `This computer is the only admin of ${mesh.name}`,
        text: 'If it is lost, nobody can let in or remove members any more.',
        action: mesh.hasRootKey ? 'Make another member an admin, or export the recovery file.' : 'Make another member an admin.',
      })
    },
    leaveIfRemoved,
    forget,
  }
}
