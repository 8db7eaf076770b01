import type { GrantRule, MeshRole } from '../../contract/snapshot.ts'
import type { NodeId } from '../components.ts'

/** What the user chose for one thing in one mesh. */
export interface Grant {
  /** Null: as the grant for everything says. */
  rule: GrantRule | null
  exceptions: ReadonlyMap<NodeId, boolean>
}

/**
 * Whether a member may use a thing: the nearer word counts, and of one grant the exception for the peer before the rule
 * for all. `everything` is the grant for `*`. Where nobody has said anything, members may.
 */
export function decide({ node, role }: { node: NodeId; role: MeshRole }, own: Grant | undefined, everything: Grant | undefined): boolean {
  for (const grant of [own, everything]) {
    const exception = grant?.exceptions.get(node)
    if (exception !== undefined) return exception
    if (grant !== undefined && grant.rule !== null) return admits(grant.rule, role)
  }
  return true
}

function admits(rule: GrantRule, role: MeshRole): boolean {
  switch (rule) {
    case 'all':
      return true
    case 'admins':
      return role === 'admin'
    case 'nobody':
    default:
      return false
  }
}
