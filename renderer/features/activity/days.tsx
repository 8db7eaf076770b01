import { type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { useNow } from '../../store/use-now.ts'

/** Entries under the day they are of, in the order they come in. `renderRow` renders a list item with a key. */
export function Days<T extends { at: number }>({ entries, renderRow }: { entries: readonly T[]; renderRow: (entry: T) => ReactNode }) {
  const { t } = useTranslation('activity')
  const format = useFormat()
  const now = useNow(60_000)
  const titleOf = (at: number) => {
    const day = format.weekday(at)
    return day === format.weekday(now) ? t('today', { day }) : day
  }
  return [...Map.groupBy(entries, ({ at }) => titleOf(at))].map(([day, ofDay]) => (
    <section key={day} aria-label={day}>
      <h2 className="day">{day}</h2>
      <ul>{ofDay.map(renderRow)}</ul>
    </section>
  ))
}
