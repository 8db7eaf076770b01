import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { useNow } from '../../store/use-now.ts'

/**
 * The pause of the whole node in a sentence, with the time left; nothing while there is none. Only this text is drawn
 * anew as time goes by, and nobody who hears the page is told each minute.
 */
export function PauseSentence() {
  const { t } = useTranslation('pause')
  const format = useFormat()
  const now = useNow()
  const pause = useSnapshot(({ sharing }) => sharing.pause)
  if (pause === null) return null
  const { until } = pause
  return (
    <span className="num" role="timer" aria-live="off">
      {until === null ? t('sentenceOpen') : t('sentence', { time: format.until(until, now), left: format.left(Math.max(0, until - now)) })}
    </span>
  )
}
