import type { Membership, Startable } from '../components.ts'
import type { OwnPolicies } from './policies.ts'

interface PolicyUpkeepComponents {
  policies: Pick<OwnPolicies, 'keepOnly'>
  membership: Pick<Membership, 'meshes' | 'changed'>
}

/**
 * Drops the overrides for a mesh that this node has left, so that one joined again begins anew. Started after
 * membership, which knows its meshes only then.
 */
export function createPolicyUpkeep({ policies, membership }: PolicyUpkeepComponents): Startable {
  let end: (() => void) | null = null
  const follow = () => policies.keepOnly(new Set(membership.meshes().map(({ id }) => id)))
  return {
    async start() {
      if (end) return
      follow()
      end = membership.changed.subscribe(follow)
    },
    async stop() {
      end?.()
      end = null
    },
  }
}
