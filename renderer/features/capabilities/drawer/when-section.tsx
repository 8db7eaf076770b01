import { Switch } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { CapabilityView } from '../../../../electron/contract/snapshot.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { useSnapshot } from '../../../store/app-context.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { LimitsForm } from '../../../ui/limits/limits-form.tsx'
import { useLimitsDraft } from '../../../ui/limits/use-limits-draft.ts'
import { DrawerSection } from './drawer-section.tsx'
import { idleLimit } from '../conditions.ts'
import { useSharingChange } from '../use-sharing-change.ts'

/** While somebody uses this computer, and on battery: each with what is detected now. */
export function WhenSection({ capability }: { capability: CapabilityView }) {
  const { whileInUse, onBattery } = capability.conditions
  const { t } = useTranslation('capabilities')
  const detected = useDetected()
  return (
    <DrawerSection title={t('when')}>
      <Condition capability={capability} name="whileInUse" on={whileInUse} detected={detected.use} />
      {!whileInUse && <Idle capability={capability} />}
      <Condition capability={capability} name="onBattery" on={onBattery} detected={detected.power} />
    </DrawerSection>
  )
}

interface ConditionProps {
  capability: CapabilityView
  name: 'whileInUse' | 'onBattery'
  on: boolean
  /** What this computer tells about it now. */
  detected: string
}

function Condition({ capability, name, on, detected }: ConditionProps) {
  const { t } = useTranslation('capabilities')
  const id = useId()
  const change = useSharingChange(capability)
  return (
    <div className="condition">
      <span className="grow">
        <b id={id}>{t(`condition.${name}`)}</b>
        <small id={`${id}-now`}>{detected}</small>
      </span>
      <Switch
        size="md"
        checked={change.running ? !on : on}
        disabled={change.running}
        onChange={(event) => void change.conditions({ [name]: event.currentTarget.checked })}
        aria-labelledby={id}
        aria-describedby={`${id}-now`}
      />
      <FailureText failure={change.failure} />
    </div>
  )
}

function Idle({ capability }: { capability: CapabilityView }) {
  const { t } = useTranslation('capabilities')
  const change = useSharingChange(capability)
  const { idleMinutes } = capability.conditions
  const draft = useLimitsDraft({ kind: idleLimit, now: { idleMinutes }, save: change.conditions })
  return (
    <LimitsForm
      label={t('idle')}
      fields={[
        {
          name: 'idleMinutes',
          label: t('idleFor'),
          help: t('idleHelp'),
          suffix: t('minutes'),
          inline: true,
          min: 1,
          problem: { range: t('idleProblem') },
        },
      ]}
      draft={draft}
      failure={change.failure}
      withReset={false}
    />
  )
}

function useDetected(): { use: string; power: string } {
  const { t } = useTranslation('capabilities')
  const format = useFormat()
  const { idleMs, onBattery } = useSnapshot(({ sharing }) => sharing.presence)
  return {
    use: idleMs === null ? t('notTold') : idleMs < 60_000 ? t('inUseNow') : t('idleNow', { time: format.left(idleMs) }),
    power: onBattery === null ? t('notTold') : onBattery ? t('onBatteryNow') : t('onMainsNow'),
  }
}
