import type { PlaceWhyNot } from '../contract/ai.ts'

/** Why a node is not asked, in a few words. */
export const whyNotText: Record<PlaceWhyNot, string> = {
  offline: 'offline',
  left: 'has left the mesh',
  removed: 'was removed from the mesh',
  not_offered: 'does not offer it',
  inactive: 'shares it, but it does not run there now',
  starting: 'is still checking it',
  problem: 'offers it, but it does not work there now',
  no_grant: 'no grant',
  failing: 'failed again and again just now',
  paused: 'has paused sharing it',
  relayed: 'only through a relay, which the policy rules out',
  metered: 'paid by volume, which the policy spares',
  too_far: 'farther away than the policy allows',
  no_memory: 'not enough free memory for it',
  budget_spent: 'its owner’s limit for today is used up',
}
