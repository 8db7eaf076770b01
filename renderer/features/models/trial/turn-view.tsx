import { useTranslation } from 'react-i18next'
import type { TrialAnswer } from '../../../../electron/contract/ai.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { useSnapshot } from '../../../store/app-context.ts'
import { CopyValue } from '../../../ui/copy-value.tsx'
import { FailureText } from '../../../ui/failure-text.tsx'
import { StateWord } from '../../../ui/state-mark.tsx'
import { useTokenRate } from '../list/use-model-text.ts'
import type { Turn } from './turns.ts'

/** A question, its answer, and where that ran. */
export function TurnView({ turn: { asked, answer, failure } }: { turn: Turn }) {
  const { t } = useTranslation('trial')
  const waits = failure === null && (answer === null || (answer.state === 'running' && answer.text === ''))
  return (
    <li>
      <p className="trial-asked" dir="auto">
        <span className="only-heard">{t('you')} </span>
        {asked}
      </p>
      {answer !== null && answer.text !== '' && (
        <p className="trial-text" dir="auto">
          {answer.text}
        </p>
      )}
      {waits && <StateWord mark="checking">{answer?.node ? t('waitsFor', { node: answer.node.name }) : t('waits')}</StateWord>}
      {answer !== null && !waits && <Figures answer={answer} />}
      <FailureText failure={failure ?? answer?.problem ?? null} />
    </li>
  )
}

/** "Ran on kitchen-mini, first word after 210 ms, 42 tokens/s", with a way to take the text along. */
function Figures({ answer: { state, node, model, firstTokenMs, tokensPerSecond, tokensOut, text } }: { answer: TrialAnswer }) {
  const { t } = useTranslation(['trial', 'models'])
  const format = useFormat()
  const rateText = useTokenRate()
  const self = useSnapshot(({ node }) => node.id)
  const place = node && (node.id === self ? t('ranHere', { model }) : t('ranOn', { model, node: node.name }))
  const facts = [
    state === 'stopped' && t('stopped'),
    place,
    firstTokenMs !== null && t('models:firstWord', { time: format.duration(firstTokenMs) }),
    tokensPerSecond !== null && rateText(tokensPerSecond),
    tokensOut !== null && t('models:tokens', { count: tokensOut }),
  ]
  return (
    <div className="trial-figures">
      <small className="num grow">{format.facts(facts)}</small>
      {text !== '' && state !== 'running' && <CopyValue value={text} label={t('copyAnswer')} />}
    </div>
  )
}
