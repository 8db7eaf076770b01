/** When a capability is shared, as the drawer shows it. Pure. */
import type { CapabilityName } from '../../../electron/contract/capability.ts'
import { type CapabilityLimits, defaultLimits } from '../../../electron/contract/routing.ts'
import { defaultConditions, type SharingConditions, sharingConditions } from '../../../electron/contract/sharing.ts'
import type { LimitKind } from '../../ui/limits/typed-limits.ts'
import { gigabyte } from '../../ui/limits/units.ts'

type Amounts = Pick<SharingConditions, 'keepFreeDisk' | 'processorBelow' | 'keepFreeMemory'>
export type AmountName = keyof Amounts

const { idleMinutes, keepFreeDisk, processorBelow, keepFreeMemory } = sharingConditions.shape

/** What is left to this computer. */
export const amountLimits: LimitKind<Amounts> = {
  units: { keepFreeDisk: gigabyte, processorBelow: 1, keepFreeMemory: gigabyte },
  allowed: { keepFreeDisk, processorBelow, keepFreeMemory },
  usual: defaultConditions,
}

/** How long this computer was not touched when nobody is taken to use it. */
export const idleLimit: LimitKind<Pick<SharingConditions, 'idleMinutes'>> = {
  units: { idleMinutes: 1 },
  allowed: { idleMinutes },
  usual: { idleMinutes: defaultConditions.idleMinutes },
}

/** What each capability takes of a computer in the first place. */
const takes: Record<CapabilityName, readonly AmountName[]> = {
  storage: ['keepFreeDisk'],
  compute: ['processorBelow', 'keepFreeMemory'],
  ai: ['processorBelow', 'keepFreeMemory'],
  gateway: ['processorBelow'],
  archive: ['keepFreeDisk'],
}

/** Amounts worth showing: those that matter for it, and those that somebody has chosen all the same. */
export const amountsFor = (name: CapabilityName, conditions: SharingConditions): AmountName[] =>
  (['keepFreeDisk', 'processorBelow', 'keepFreeMemory'] as const).filter((each) => takes[name].includes(each) || conditions[each] !== null)

/** How many limits and conditions are not as usual. How long is idle counts only where it matters. */
export function differences({ limits, conditions }: { limits: CapabilityLimits; conditions: SharingConditions }): number {
  const differing = (now: object, usual: object) =>
    Object.entries(usual).filter(([name, value]) => JSON.stringify(now[name as keyof typeof now]) !== JSON.stringify(value))
  const { idleMinutes, ...rest } = defaultConditions
  return differing(limits, defaultLimits).length + differing(conditions, conditions.whileInUse ? rest : { ...rest, idleMinutes }).length
}
