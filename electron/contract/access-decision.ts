/** The one decision on who may use what a node shares: the agent decides by it, and faces show what it will decide. */
import type { GrantRule, MeshRole } from './snapshot.ts'

/** The resource whose grant holds for all things that have no word of their own. */
export const everything = '*'

/** What the user chose for one thing in one mesh. */
export interface Grant {
  /** Null: as the grant for everything says. */
  rule: GrantRule | null
  /** By node id. */
  exceptions: ReadonlyMap<string, boolean>
}

/**
 * Whether a member may use a thing: the nearer word counts, and of one grant the exception for the peer before the rule
 * for all. `general` is the grant for everything. Where nobody has said anything, members may.
 */
export function decideAccess(
  { node, role }: { node: string; role: MeshRole },
  own: Grant | undefined,
  general: Grant | undefined,
): boolean {
  for (const grant of [own, general]) {
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
