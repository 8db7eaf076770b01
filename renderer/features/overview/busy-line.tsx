import { IconArrowDownLeft, IconArrowUpRight } from '@tabler/icons-react'
import { createElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { RateView } from '../../../electron/contract/routing.ts'
import { useRateSentence } from '../../store/rates.ts'

/** Ways that are named; the rest is a number. */
const most = 1

/** Who is busy with whom right now, in one line that is always there: nothing moves when work begins or ends. */
export function BusyLine({ rates }: { rates: readonly RateView[] }) {
  const { t } = useTranslation('routed')
  const sentenceOf = useRateSentence()
  const rest = rates.length - most
  return (
    <div className="busy-line" role="group" aria-label={t('now')}>
      {rates.length === 0 && <span className="hint">{t('nothingNow')}</span>}
      {rates.slice(0, most).map((rate) => (
        <Link key={rate.id} href={`/activity/requests/${encodeURIComponent(rate.peer.id)}`} className="num">
          {createElement(rate.direction === 'to' ? IconArrowUpRight : IconArrowDownLeft, { size: 14, stroke: 2, 'aria-hidden': true })}
          <span className="cut">{sentenceOf(rate)}</span>
        </Link>
      ))}
      {rest > 0 && <Link href="/activity/requests">{t('moreRates', { count: rest })}</Link>}
    </div>
  )
}
