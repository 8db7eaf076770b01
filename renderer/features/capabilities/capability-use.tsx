import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../electron/contract/failure.ts'
import type { CapabilityView } from '../../../electron/contract/snapshot.ts'
import { useFailureWords } from '../../i18n/use-failure-words.ts'
import { useCall, useSnapshot } from '../../store/app-context.ts'
import { rateWith, useRateText } from '../../store/rates.ts'
import { useTask } from '../../store/use-task.ts'
import { useCapabilityName } from '../../ui/capability-name.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { useEnginesFound } from './ai/use-ai-lines.ts'
import type { CardState } from './card-state.ts'
import { usePausedText } from './use-paused-text.ts'

interface Use {
  capability: CapabilityView
  state: CardState
  /** Why the node did not switch it. */
  refusal: Failure | null
  onOpen: () => void
}

/** Who uses a capability now, or what is missing, with the one button that helps. */
export function CapabilityUse({ capability, state, refusal, onOpen }: Use) {
  const { t } = useTranslation('capabilities')
  const pausedText = usePausedText()
  const { name, backend, detail } = capability
  const engines = useEnginesFound(name)
  const hasProgram = backend !== null || engines !== null
  if (refusal !== null || (!hasProgram && state.kind === 'off'))
    return (
      <>
        {refusal === null ? <span className="quiet">{t(`needs.${name}`)}</span> : <FailureText failure={refusal} />}
        {!hasProgram && <HowToGet name={name} onOpen={onOpen} />}
      </>
    )
  switch (state.kind) {
    case 'problem':
      return (
        <>
          <Problem capability={capability} />
          {!hasProgram && <HowToGet name={name} onOpen={onOpen} />}
        </>
      )
    case 'used':
      return <Users capability={capability} />
    case 'paused':
      return <span className="quiet">{pausedText(state, capability.conditions)}</span>
    case 'starting':
      return <span className="quiet">{t('checkingNow')}</span>
    case 'stopping':
      return null
    case 'off':
      return <span className="quiet">{engines ?? t('checkedWhenOn')}</span>
    case 'ready':
      return (
        <span className="quiet">
          {t('nobodyNow')}
          {(engines ?? detail) !== null && <small>{engines ?? detail}</small>}
        </span>
      )
  }
}

function HowToGet({ name, onOpen }: { name: CapabilityView['name']; onOpen: () => void }) {
  const { t } = useTranslation('capabilities')
  const word = useCapabilityName()(name)
  return (
    <Button size="compact-sm" variant="default" onClick={onOpen} aria-label={t('howToGetFor', { name: word })}>
      {t('howToGet')}
    </Button>
  )
}

function Problem({ capability: { name, backend, problem } }: { capability: CapabilityView }) {
  const { t } = useTranslation('capabilities')
  const word = useCapabilityName()(name)
  const call = useCall()
  const wordsOf = useFailureWords()
  const words = problem && wordsOf(problem)
  const look = useTask(() => call('capability.set', { name, backend }))
  return (
    <>
      <span>
        {words?.said}{' '}
        <span className="quiet" lang={words?.moreIn}>
          {words?.more}
        </span>
      </span>
      <Button
        size="compact-sm"
        variant="default"
        loading={look.running}
        onClick={() => void look.run()}
        aria-label={t('checkAgainOf', { name: word })}
      >
        {t('checkAgain')}
      </Button>
      <FailureText failure={look.failure} />
    </>
  )
}

/** Peers named on a card; the rest are counted. */
const namedOnCard = 3

function Users({ capability: { name, usedBy } }: { capability: CapabilityView }) {
  const { t } = useTranslation('capabilities')
  const rateText = useRateText({ short: true })
  const rates = useSnapshot((snapshot) => snapshot.rates)
  const shown = usedBy.slice(0, namedOnCard)
  return (
    <ul>
      {shown.map(({ id, name: peer }) => {
        const own = Object.values(rates).filter(({ direction, what }) => direction === 'from' && what === name)
        const rate = rateWith({ rates: Object.fromEntries(own.map((each) => [each.id, each])) }, id)
        return (
          <li key={id}>
            <b className="cut">{peer}</b> {rate.bytesPerSecond + rate.underWay > 0 && <span className="num quiet">{rateText(rate)}</span>}
          </li>
        )
      })}
      {usedBy.length > shown.length && <li className="quiet">{t('morePeers', { count: usedBy.length - shown.length })}</li>}
    </ul>
  )
}
