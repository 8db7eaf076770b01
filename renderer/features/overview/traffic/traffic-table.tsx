import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/use-format.ts'
import type { Point } from './chart-scale.ts'

/** What the chart shows, in numbers, newest first. */
export function TrafficTable({ points, label }: { points: readonly Point[]; label: string }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard
    <div className="peer-table traffic-table" role="region" tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('traffic.until')}</th>
            <th scope="col">{t('traffic.receivedWord')}</th>
            <th scope="col">{t('traffic.sentWord')}</th>
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map(({ at, received, sent }) => (
            <tr key={at}>
              <th scope="row" className="num">
                {format.exactTime(at)}
              </th>
              <td className="num">{format.byteRate(received)}</td>
              <td className="num">{format.byteRate(sent)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
