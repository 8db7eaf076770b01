import { Button, NumberInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../electron/contract/failure.ts'
import { type CapabilityLimits, defaultLimits } from '../../../electron/contract/routing.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { FailureText } from '../failure-text.tsx'
import { LimitsFold } from './limits-fold.tsx'
import { asTyped, changedLimits, limitNames, problemsOf, type TypedLimits } from './typed-limits.ts'

interface Limited {
  /** Names the capability or service for those who hear the page. */
  what: string
  limits: CapabilityLimits
  save: {
    running: boolean
    failure: Failure | null
    /** Null takes all back to the usual. Gives undefined when it failed. */
    run: (change: Partial<CapabilityLimits> | null) => Promise<unknown>
  }
}

/** What peers may take of a capability or service: said in one line, changed below it. */
export function LimitsSection({ what, limits, save }: Limited) {
  const { t } = useTranslation('limits')
  const format = useFormat()
  const { concurrent, concurrentPerPeer, queue, bandwidthPerPeer } = limits
  const bandwidth = bandwidthPerPeer === null ? t('anySpeed') : t('speedPerPeer', { speed: format.bytes(bandwidthPerPeer) })
  return (
    <LimitsFold title={t('title')} words={t('now', { concurrent, perPeer: concurrentPerPeer, queue, bandwidth })}>
      <LimitsForm what={what} limits={limits} save={save} />
    </LimitsFold>
  )
}

function LimitsForm({ what, limits, save }: Limited) {
  const { t } = useTranslation('limits')
  /** What is being typed; null while nothing differs from what the node has. */
  const [typed, setTyped] = useState<TypedLimits | null>(null)
  const apply = async (change: Partial<CapabilityLimits> | null) => {
    if ((await save.run(change)) !== undefined) setTyped(null)
  }
  const shown = typed ?? asTyped(limits)
  const problems = problemsOf(shown)
  const change = changedLimits(shown, limits)
  const isUsual = limitNames.every((each) => limits[each] === defaultLimits[each])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (change !== null) void apply(change)
  }
  return (
    <form className="limits-form" onSubmit={submit} aria-label={t('of', { name: what })}>
      {limitNames.map((each) => {
        const problem = problems[each]
        return (
          <NumberInput
            key={each}
            label={t(`name.${each}`)}
            description={t(`help.${each}`, { usual: defaultLimits[each] ?? '' })}
            placeholder={each === 'bandwidthPerPeer' ? t('noLimit') : ''}
            value={shown[each]}
            onChange={(value) => setTyped({ ...shown, [each]: value })}
            error={problem && t(`problem.${problem === 'places' ? 'places' : each}`)}
            suffix={each === 'bandwidthPerPeer' ? t('speedUnit') : ''}
            allowDecimal={each === 'bandwidthPerPeer'}
            allowNegative={false}
            clampBehavior="none"
            step={each === 'bandwidthPerPeer' ? 0.5 : 1}
            min={each === 'queue' || each === 'bandwidthPerPeer' ? 0 : 1}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
          />
        )
      })}
      <div className="limits-do">
        <Button type="submit" variant="default" disabled={change === null} loading={save.running}>
          {t('save')}
        </Button>
        {!isUsual && (
          <Button variant="subtle" disabled={save.running} onClick={() => void apply(null)}>
            {t('usual')}
          </Button>
        )}
        <span className="hint">{t('ownFirst')}</span>
      </div>
      <FailureText failure={save.failure} />
    </form>
  )
}
