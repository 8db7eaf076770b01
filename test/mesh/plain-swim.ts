import { type SwimRules, swimRules } from '../../electron/agent/membership/swim/rules.ts'

/**
 * The protocol of the SWIM paper (DSN 2002) with its suspicion mechanism, for comparison: one ping, then k helpers,
 * a fixed time to refute, and the verdict of one is the verdict of all. Gossip and full sync stay as they are.
 * The time to refute is memberlist's least, 4 · log10 N · period, which is what plain SWIM has there.
 */
export const plainSwimRules: SwimRules = {
  ...swimRules,
  smallMesh: 0,
  pingsAt: [0],
  helpersAt: [500],
  healthMax: 0,
  suspicionUnit: 4_000,
  refusedUnit: 4_000,
  suspicionSpread: 1,
  confirmations: 0,
  ownEvidence: false,
  buddyNotice: false,
  believeVerdicts: true,
}
