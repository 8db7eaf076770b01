import { IconArrowRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { RateView } from '../../../electron/contract/routing.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { ratesWith, useRateText } from '../../store/rates.ts'
import { useCapabilityInText } from '../../ui/capability-name.ts'
import { StateMark } from '../../ui/state-mark.tsx'

/** Ways that are named; the rest is a number. Their room is always there: nothing moves when work begins or ends. */
const most = 3

/** Who uses what right now, in both directions. */
export function InUse() {
  const { t } = useTranslation('routed')
  const rates = useSnapshot((snapshot) => ratesWith(snapshot, () => true))
  const textOf = useRateText()
  const sentenceOf = useUseSentence()
  const rest = rates.length - most
  return (
    <div>
      <div className="card-head">
        <h2>{t('inUse')}</h2>
        <span className="grow" />
        <Link className="more" href="/activity/requests">
          {rest > 0 ? t('moreRates', { count: rest }) : t('toActivity')} <IconArrowRight size={14} aria-hidden />
        </Link>
      </div>
      <ul className="in-use" aria-label={t('inUse')}>
        {rates.length === 0 && <li className="hint">{t('nothingNow')}</li>}
        {rates.slice(0, most).map((rate) => (
          <li key={rate.id}>
            <StateMark mark="running" size={12} />
            <Link className="grow" href={`/activity/requests?peer=${encodeURIComponent(rate.peer.id)}`}>
              <b className="cut">{sentenceOf(rate)}</b>
              <span className="num cut">{textOf(rate)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}

function useUseSentence(): (rate: RateView) => string {
  const { t } = useTranslation('routed')
  const nameOf = useCapabilityInText()
  return ({ what, direction, peer: { name } }) => {
    const from = direction === 'from'
    if (what === 'services') return t(from ? 'peerUsesServices' : 'youUseServices', { name })
    return t(from ? 'peerUses' : 'youUse', { name, what: nameOf(what) })
  }
}
