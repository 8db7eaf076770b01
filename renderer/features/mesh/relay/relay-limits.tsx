import { Button, NumberInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallInput } from '../../../../electron/contract/calls.ts'
import { defaultHubLimits, type HubView } from '../../../../electron/contract/relay.ts'
import type { MeshView } from '../../../../electron/contract/snapshot.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { useCall } from '../../../store/app-context.ts'
import { useTask } from '../../../store/use-task.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { LimitsFold } from '../../../ui/limits/limits-fold.tsx'
import { asTyped, changedHubLimits, hubLimitNames, type TypedHubLimits, wrongLimits } from './relay-form.ts'

/** What this computer gives as a hub: said in one line, changed below it. */
export function RelayLimits({ mesh, hub }: { mesh: MeshView; hub: HubView }) {
  const { t } = useTranslation('relay')
  const format = useFormat()
  const { members, bytesPerSecond, bytesPerMonth } = hub.limits
  const words = t('limitsNow', {
    members: t('upToMembers', { count: members }),
    speed: bytesPerSecond === null ? t('anySpeed') : t('speed', { amount: format.bytes(bytesPerSecond) }),
    month: bytesPerMonth === null ? t('anyMonth') : t('amountMonth', { amount: format.bytes(bytesPerMonth) }),
  })
  return (
    <LimitsFold title={t('limits')} words={words}>
      <LimitsForm mesh={mesh} hub={hub} />
    </LimitsFold>
  )
}

const suffixes = { members: '', bytesPerSecond: 'speedUnit', bytesPerMonth: 'amountUnit' } as const

function LimitsForm({ mesh, hub: { limits } }: { mesh: MeshView; hub: HubView }) {
  const { t } = useTranslation('relay')
  const call = useCall()
  /** What is being typed; null while nothing differs from what the node has. */
  const [typed, setTyped] = useState<TypedHubLimits | null>(null)
  const save = useTask(async (change: CallInput<'hub.set'>['limits']) => {
    await call('hub.set', { mesh: mesh.id, ...(change && { limits: change }) })
    setTyped(null)
  })
  const shown = typed ?? asTyped(limits)
  const wrong = wrongLimits(shown)
  const change = changedHubLimits(shown, limits)
  const isUsual = hubLimitNames.every((each) => limits[each] === defaultHubLimits[each])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (change !== null) void save.run(change)
  }
  return (
    <form className="limits-form relay-limits" onSubmit={submit} aria-label={t('limitsOf', { mesh: mesh.name })}>
      {hubLimitNames.map((each) => {
        const suffix = suffixes[each]
        return (
          <NumberInput
            key={each}
            label={t(`limit.${each}`)}
            description={t(`limitHelp.${each}`, { usual: defaultHubLimits[each] ?? '' })}
            placeholder={suffix === '' ? '' : t('noLimit')}
            value={shown[each]}
            onChange={(value) => setTyped({ ...shown, [each]: value })}
            error={wrong.includes(each) && t(`limitProblem.${each}`)}
            suffix={suffix === '' ? '' : t(suffix)}
            allowDecimal={suffix !== ''}
            allowNegative={false}
            clampBehavior="none"
            step={each === 'bytesPerMonth' ? 50 : 1}
            min={each === 'members' ? 1 : 0}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
          />
        )
      })}
      <div className="limits-do">
        <Button type="submit" variant="default" disabled={change === null} loading={save.running}>
          {t('save')}
        </Button>
        {!isUsual && (
          <Button variant="subtle" disabled={save.running} onClick={() => void save.run(defaultHubLimits)}>
            {t('usualLimits')}
          </Button>
        )}
      </div>
      <FailureText failure={save.failure} />
    </form>
  )
}
