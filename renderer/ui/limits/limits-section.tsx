import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../electron/contract/failure.ts'
import type { CapabilityLimits } from '../../../electron/contract/routing.ts'
import { LimitsFold } from './limits-fold.tsx'
import { LimitsForm } from './limits-form.tsx'
import { takingLimits, useSpeedText, useTakingFields } from './taking-limits.ts'
import { useLimitsDraft } from './use-limits-draft.ts'

/** What peers may take of a service: said in one line, changed below it. */
export function LimitsSection({
  what,
  limits,
  save,
  failure,
}: {
  /** Names the service for those who hear the page. */
  what: string
  limits: CapabilityLimits
  /** Null takes all back to the usual. Runs to undefined when it failed. */
  save: (change: Partial<CapabilityLimits> | null) => Promise<unknown>
  failure: Failure | null
}) {
  const { t } = useTranslation('limits')
  const speedText = useSpeedText()
  const fields = useTakingFields()
  const draft = useLimitsDraft({ kind: takingLimits, now: limits, save })
  const { concurrent, concurrentPerPeer, queue, bandwidthPerPeer } = limits
  const bandwidth = bandwidthPerPeer === null ? t('anySpeed') : t('speedPerPeer', { speed: speedText(bandwidthPerPeer) })
  return (
    <LimitsFold title={t('title')} words={t('now', { concurrent, perPeer: concurrentPerPeer, queue, bandwidth })}>
      <LimitsForm label={t('of', { name: what })} fields={fields} draft={draft} failure={failure} hint={t('ownFirst')} />
    </LimitsFold>
  )
}
