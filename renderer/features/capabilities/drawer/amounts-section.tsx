import { useTranslation } from 'react-i18next'
import type { CapabilityView, Snapshot } from '../../../../electron/contract/snapshot.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { useSnapshot } from '../../../store/app-context.ts'
import { useCapabilityName } from '../../../ui/capability-name.ts'
import { type LimitField, LimitsForm } from '../../../ui/limits/limits-form.tsx'
import { roundScale } from '../../../ui/limits/scale.ts'
import { takingLimits, useTakingFields } from '../../../ui/limits/taking-limits.ts'
import { gigabyte } from '../../../ui/limits/units.ts'
import { useLimitsDraft } from '../../../ui/limits/use-limits-draft.ts'
import { DrawerSection } from './drawer-section.tsx'
import { type AmountName, amountLimits, amountsFor } from '../conditions.ts'
import { useSharingChange } from '../use-sharing-change.ts'

/** What is left to this computer: disk, processor, memory, each with what there is now. */
export function AmountsSection({ capability }: { capability: CapabilityView }) {
  const { name, conditions } = capability
  const { t } = useTranslation('capabilities')
  const word = useCapabilityName()(name)
  const change = useSharingChange(capability)
  const draft = useLimitsDraft({ kind: amountLimits, now: conditions, save: change.conditions })
  const fields = useAmountFields()
  const names = amountsFor(name, conditions)
  return (
    <DrawerSection title={t('leftHere')}>
      <LimitsForm
        label={t('leftHereOf', { name: word })}
        fields={fields.filter((field) => names.includes(field.name))}
        draft={draft}
        failure={change.failure}
        withReset={false}
      />
    </DrawerSection>
  )
}

/** From 5 to 100 percent; all of it means no limit. */
const percents = { min: 5, max: 100, step: 5, none: 'max' } as const

function useAmountFields(): LimitField<AmountName>[] {
  const { t } = useTranslation('capabilities')
  const format = useFormat()
  const resources: Snapshot['resources'] = useSnapshot((snapshot) => snapshot.resources)
  const { freeDisk, freeMemory, processor } = useSnapshot(({ sharing }) => sharing.presence)
  const has = (free: number | null, total: number | undefined) =>
    free === null
      ? t('notTold')
      : total === undefined
        ? t('freeNow', { free: format.bytes(free) })
        : t('freeOf', { free: format.bytes(free), total: format.bytes(total) })
  const disk = resources?.disk?.total
  const memory = resources?.memory.total
  return [
    {
      name: 'keepFreeDisk',
      label: t('amount.keepFreeDisk'),
      help: has(freeDisk, disk),
      suffix: t('gigabytes'),
      problem: { range: t('amountProblem.bytes') },
      ...(disk !== undefined && { scale: roundScale(disk / gigabyte) }),
    },
    {
      name: 'processorBelow',
      label: t('amount.processorBelow'),
      help: processor === null ? t('notTold') : t('busyNow', { busy: format.percent(processor / 100) }),
      suffix: t('percent'),
      min: 1,
      problem: { range: t('amountProblem.percent') },
      scale: percents,
    },
    {
      name: 'keepFreeMemory',
      label: t('amount.keepFreeMemory'),
      help: has(freeMemory, memory),
      suffix: t('gigabytes'),
      problem: { range: t('amountProblem.bytes') },
      ...(memory !== undefined && { scale: roundScale(memory / gigabyte) }),
    },
  ]
}

/** What peers may take: requests at once, waiting ones, and speed. */
export function TakingSection({ capability }: { capability: CapabilityView }) {
  const { t } = useTranslation(['capabilities', 'limits'])
  const word = useCapabilityName()(capability.name)
  const change = useSharingChange(capability)
  const draft = useLimitsDraft({ kind: takingLimits, now: capability.limits, save: change.limits })
  return (
    <DrawerSection title={t('forPeers')}>
      <LimitsForm
        label={t('limits:of', { name: word })}
        fields={useTakingFields()}
        draft={draft}
        failure={change.failure}
        withReset={false}
        hint={t('limits:ownFirst')}
      />
    </DrawerSection>
  )
}
