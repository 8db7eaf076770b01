import { type SwimRules, swimRules } from '../../electron/agent/membership/swim/rules.ts'

/**
 * The protocol of the SWIM paper (DSN 2002) with its suspicion mechanism, for comparison: one ping, then k helpers,
 * a fixed time to refute, and the verdict of one is the verdict of all. Gossip and full sync stay as they are.
 * The time to refute is our least, so that both find a silent member equally fast; with memberlist's 4 · log10 N seconds
 * plain SWIM errs less and finds it several seconds later.
 */
export const plainSwimRules: SwimRules = {
  ...swimRules,
  smallMesh: 0,
  pingsAt: [0],
  helpersAt: [500],
  healthMax: 0,
  suspicionUnit: swimRules.suspicionUnit,
  refusedUnit: swimRules.suspicionUnit,
  suspicionSpread: 1,
  confirmations: 0,
  ownEvidence: false,
  buddyNotice: false,
  believeVerdicts: true,
}
