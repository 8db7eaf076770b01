/** What new evidence has changed for the nodes we know, in words that the audit log and the user can be told. Pure. */
import type { NodeId } from '../components.ts'
import { subjectOf } from './admission.ts'
import type { OwnMesh } from './own-mesh.ts'
import type { Revocation } from './revocation.ts'
import type { Standing } from './standing.ts'

export type StandingChange = { readonly node: NodeId; readonly by: NodeId } & (
  | { readonly kind: 'removed'; readonly at: number }
  | { readonly kind: 'readmitted'; readonly removal: Revocation }
  | { readonly kind: 'promoted' | 'demoted' }
  /** It came in as an admin by the root key. */
  | { readonly kind: 'recovered' }
)

export function standingChanges(previous: OwnMesh, current: OwnMesh): StandingChange[] {
  const nodes = new Set([subjectOf(current.chain).node, ...current.table.keys()])
  return [...nodes].flatMap((node) => {
    const before = previous.judgement.of(node)
    const after = current.judgement.of(node)
    if (after === null) return []
    if (after.state === 'member' && isRecovery(previous, after)) return [{ node, by: node, kind: 'recovered' }]
    return before === null ? [] : changeOf(node, before, after)
  })
}

function changeOf(node: NodeId, before: Standing, after: Standing): StandingChange[] {
  if (after.state === 'removed') {
    const { by, at } = after.revocation
    return before.state === 'member' ? [{ node, by, at, kind: 'removed' }] : []
  }
  const { by } = subjectOf(after.chain)
  if (before.state === 'removed') return [{ node, by, kind: 'readmitted', removal: before.revocation }]
  if (before.role === after.role) return []
  return [{ node, by, kind: after.role === 'admin' ? 'promoted' : 'demoted' }]
}

/** The root key has admitted somebody once more after it admitted the founder. */
function isRecovery(previous: OwnMesh, { chain, role }: Extract<Standing, { state: 'member' }>): boolean {
  const byRoot = previous.evidence.chains.filter((known) => known.length === 1).map((known) => subjectOf(known).digest)
  return role === 'admin' && chain.length === 1 && byRoot.length > 0 && !byRoot.includes(subjectOf(chain).digest)
}
