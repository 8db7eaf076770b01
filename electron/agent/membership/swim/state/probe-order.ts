import type { NodeId } from '../../../components.ts'
import type { Random } from '../../../support/random.ts'

/**
 * Whom to probe next: everybody once per round, in a new random order each round, so that the time to the first probe
 * of a dead member is bounded by two rounds (SWIM, DSN 2002, section 4.3).
 */
export interface ProbeOrder {
  /** `members` is asked for at the begin of each round; null when there is nobody. */
  next(members: () => NodeId[]): NodeId | null
  /** A newcomer takes its turn somewhere in the running round. */
  insert(node: NodeId): void
}

export function createProbeOrder(random: Random): ProbeOrder {
  let left: NodeId[] = []
  return {
    next(members) {
      if (left.length === 0) left = members()
      const index = Math.floor(random.fraction() * left.length)
      const node = left[index]
      const last = left.pop()
      if (node === undefined || last === undefined) return null
      if (index < left.length) left[index] = last
      return node
    },
    insert: (node) => void left.push(node),
  }
}
