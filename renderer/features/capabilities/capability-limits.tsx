import { Button, NumberInput, UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { defaultLimits } from '../../../electron/contract/routing.ts'
import type { CapabilityView } from '../../../electron/contract/snapshot.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useCall } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { buttonIcon } from '../../ui/icons.ts'
import { asTyped, changedLimits, limitNames, problemsOf, type TypedLimits } from './limits-form.ts'

type Limited = { capability: Pick<CapabilityView, 'name' | 'limits'>; word: string }

/** What peers may take of a capability: said in one line, changed below it. */
export function CapabilityLimitsSection({ capability, word }: Limited) {
  const { t } = useTranslation('capabilities')
  const format = useFormat()
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const { concurrent, concurrentPerPeer, queue, bandwidthPerPeer } = capability.limits
  const bandwidth = bandwidthPerPeer === null ? t('anySpeed') : t('speedPerPeer', { speed: format.bytes(bandwidthPerPeer) })
  return (
    <div className="cap-limits">
      <UnstyledButton className="cap-limits-line" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
        <IconChevronDown {...buttonIcon} />
        <b>{t('limits')}</b>
        <span>{t('limitsNow', { concurrent, perPeer: concurrentPerPeer, queue, bandwidth })}</span>
      </UnstyledButton>
      <div id={id} hidden={!isOpen}>
        {isOpen && <LimitsForm capability={capability} word={word} />}
      </div>
    </div>
  )
}

function LimitsForm({ capability: { name, limits }, word }: Limited) {
  const { t } = useTranslation('capabilities')
  const call = useCall()
  /** What is being typed; null while nothing differs from what the node has. */
  const [typed, setTyped] = useState<TypedLimits | null>(null)
  const save = useTask(async (change: Parameters<typeof call<'capability.set'>>[1]) => {
    await call('capability.set', change)
    setTyped(null)
  })
  const shown = typed ?? asTyped(limits)
  const problems = problemsOf(shown)
  const change = changedLimits(shown, limits)
  const isUsual = limitNames.every((each) => limits[each] === defaultLimits[each])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (change !== null) void save.run({ name, limits: change })
  }
  return (
    <form className="cap-limits-form" onSubmit={submit} aria-label={t('limitsOf', { name: word })}>
      {limitNames.map((each) => {
        const problem = problems[each]
        return (
          <NumberInput
            key={each}
            label={t(`limit.${each}`)}
            description={t(`limitHelp.${each}`, { usual: defaultLimits[each] ?? '' })}
            placeholder={each === 'bandwidthPerPeer' ? t('noLimit') : ''}
            value={shown[each]}
            onChange={(value) => setTyped({ ...shown, [each]: value })}
            error={problem && t(`limitProblem.${problem === 'places' ? 'places' : each}`)}
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
      <div className="cap-limits-do">
        <Button type="submit" variant="default" disabled={change === null} loading={save.running}>
          {t('saveLimits')}
        </Button>
        {!isUsual && (
          <Button variant="subtle" disabled={save.running} onClick={() => void save.run({ name, limits: null })}>
            {t('usualLimits')}
          </Button>
        )}
        <span className="hint">{t('ownFirst')}</span>
      </div>
      <FailureText failure={save.failure} />
    </form>
  )
}
