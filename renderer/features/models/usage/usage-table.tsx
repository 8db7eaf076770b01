import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useFormat } from '../../../i18n/use-format.ts'
import { type Amount, timeOfDay, type UsageDay } from './usage-days.ts'

/** One day: a line per peer, what this computer did for it and what it did for programs here, and the sums. */
export function UsageTable({ day: { day, peers, served, asked } }: { day: UsageDay }) {
  const { t } = useTranslation('models')
  const format = useFormat()
  return (
    <table className="usage">
      <caption>{format.weekday(timeOfDay(day))}</caption>
      <thead>
        <tr>
          <th scope="col">{t('usage.peer')}</th>
          <th scope="col">{t('usage.served')}</th>
          <th scope="col">{t('usage.asked')}</th>
        </tr>
      </thead>
      <tbody>
        {peers.map(({ peer, served, asked }) => (
          <tr key={peer.id}>
            <th scope="row">
              <Link href={`/peers/${encodeURIComponent(peer.id)}`}>{peer.name}</Link>
            </th>
            <td>
              <Cell amount={served} />
            </td>
            <td>
              <Cell amount={asked} />
            </td>
          </tr>
        ))}
      </tbody>
      {peers.length > 1 && (
        <tfoot>
          <tr>
            <th scope="row">{t('usage.total')}</th>
            <td>
              <Cell amount={served} />
            </td>
            <td>
              <Cell amount={asked} />
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  )
}

function Cell({ amount }: { amount: Amount | null }) {
  const { t } = useTranslation('models')
  if (amount === null || amount.requests === 0) return <span className="none">{t('usage.none')}</span>
  const { requests, tokensIn, tokensOut } = amount
  return (
    <span className="num">
      <span>{t('tokens', { count: tokensIn + tokensOut })}</span>
      <small>
        {t('usage.requests', { count: requests })} · {t('usage.readAndWritten', { read: tokensIn, written: tokensOut })}
      </small>
    </span>
  )
}
