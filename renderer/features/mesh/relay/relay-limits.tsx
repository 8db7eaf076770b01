import { useTranslation } from 'react-i18next'
import { defaultHubLimits, type HubLimits, type HubView } from '../../../../electron/contract/relay.ts'
import type { MeshView } from '../../../../electron/contract/snapshot.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { useCall } from '../../../store/app-context.ts'
import { useUndoable } from '../../../store/use-undoable.ts'
import { LimitsFold } from '../../../ui/limits/limits-fold.tsx'
import { type LimitField, LimitsForm } from '../../../ui/limits/limits-form.tsx'
import { useSpeedText } from '../../../ui/limits/taking-limits.ts'
import { replacedBy } from '../../../ui/limits/typed-limits.ts'
import { useLimitsDraft } from '../../../ui/limits/use-limits-draft.ts'
import { relayLimits } from './relay-form.ts'

/** What this computer gives as a hub: said in one line, changed below it. */
export function RelayLimits({ mesh, hub: { limits } }: { mesh: MeshView; hub: HubView }) {
  const { t } = useTranslation('relay')
  const call = useCall()
  const words = useWords()
  const fields = useFields()
  const save = useUndoable(
    (change: Partial<HubLimits>) => call('hub.set', { mesh: mesh.id, limits: change }),
    t('limitsSaved', { mesh: mesh.name }),
  )
  const draft = useLimitsDraft({
    kind: relayLimits,
    now: limits,
    save: (change) => save.run(change ?? defaultHubLimits, change === null ? limits : replacedBy(change, limits)),
  })
  return (
    <LimitsFold title={t('limits')} words={words(limits)}>
      <LimitsForm label={t('limitsOf', { mesh: mesh.name })} fields={fields} draft={draft} failure={save.failure} />
    </LimitsFold>
  )
}

function useWords(): (limits: HubLimits) => string {
  const { t } = useTranslation('relay')
  const format = useFormat()
  const speedText = useSpeedText()
  return ({ members, bytesPerSecond, bytesPerMonth }) =>
    t('limitsNow', {
      members: t('upToMembers', { count: members }),
      speed: bytesPerSecond === null ? t('anySpeed') : speedText(bytesPerSecond),
      month: bytesPerMonth === null ? t('anyMonth') : t('amountMonth', { amount: format.bytes(bytesPerMonth) }),
    })
}

function useFields(): LimitField<keyof HubLimits>[] {
  const { t } = useTranslation('relay')
  const field = (name: keyof HubLimits, more: Partial<LimitField<keyof HubLimits>>): LimitField<keyof HubLimits> => ({
    name,
    label: t(`limit.${name}`),
    help: t(`limitHelp.${name}`, { usual: defaultHubLimits[name] ?? '' }),
    problem: { range: t(`limitProblem.${name}`) },
    ...more,
  })
  return [
    field('members', { min: 1 }),
    field('bytesPerSecond', { suffix: t('speedUnit') }),
    field('bytesPerMonth', { suffix: t('amountUnit'), step: 50 }),
  ]
}
