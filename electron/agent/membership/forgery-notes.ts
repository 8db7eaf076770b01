/** Leaves lines in the audit log about who passes on what does not hold: an honest node checks before it does. */
import type { AuditLog, MeshId, NodeId } from '../components.ts'
import { toFcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import { createRateLimit } from '../support/rate-limit.ts'

/** 100 at once, then 6 an hour: strangers and their keys are many. */
const lines = { burst: 100, perSecond: 6 / 3600, maxKeys: 1 }

interface Components {
  audit: Pick<AuditLog, 'record'>
  clock: Clock
  nameOf: (node: NodeId) => string
  meshName: (mesh: MeshId) => string
}

/** Notes that a statement about a mesh, passed on by `from`, was refused, if that was for its signatures. */
export function createForgeryNotes({ audit, clock, nameOf, meshName }: Components) {
  const limit = createRateLimit(lines, clock)
  return (from: NodeId, mesh: MeshId, error: unknown): void => {
    const { code } = toFcnError(error)
    if (code !== 'untrusted' || !limit.take('all')) return
    const who = { actor: nameOf(from), actorId: from, subject: meshName(mesh), subjectId: mesh }
    audit.record({ action: 'statement.refused', ...who, outcome: 'refused', details: { code } })
  }
}
