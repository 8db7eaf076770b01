import { useTranslation } from 'react-i18next'
import { type CapabilityLimits, capabilityLimits, defaultLimits } from '../../../electron/contract/routing.ts'
import { useFormat } from '../../i18n/use-format.ts'
import type { LimitField } from './limits-form.tsx'
import type { LimitKind } from './typed-limits.ts'
import { megabit } from './units.ts'

/** What peers may take of a capability or service. One peer cannot have more places than there are. */
export const takingLimits: LimitKind<CapabilityLimits> = {
  units: { concurrent: 1, concurrentPerPeer: 1, queue: 1, bandwidthPerPeer: megabit },
  allowed: capabilityLimits.shape,
  usual: defaultLimits,
  clashes: ({ concurrent, concurrentPerPeer }) =>
    concurrent !== undefined && concurrentPerPeer !== undefined && concurrentPerPeer > concurrent ? ['concurrentPerPeer'] : [],
}

/** The fields for them. */
export function useTakingFields(): LimitField<keyof CapabilityLimits>[] {
  const { t } = useTranslation('limits')
  const field = (name: keyof CapabilityLimits, more: Partial<LimitField<keyof CapabilityLimits>>): LimitField<keyof CapabilityLimits> => ({
    name,
    label: t(`name.${name}`),
    help: t(`help.${name}`, { usual: defaultLimits[name] ?? '' }),
    problem: { range: t(`problem.${name}`), together: t('problem.together') },
    ...more,
  })
  return [
    field('concurrent', { min: 1 }),
    field('concurrentPerPeer', { min: 1 }),
    field('queue', {}),
    field('bandwidthPerPeer', { suffix: t('speedUnit') }),
  ]
}

/** A speed in words: 2500000 bytes a second → "20 Mbit/s". */
export function useSpeedText(): (bytesPerSecond: number) => string {
  const { t } = useTranslation('limits')
  const format = useFormat()
  return (bytesPerSecond) => `${format.number(bytesPerSecond / megabit)}${t('speedUnit')}`
}
