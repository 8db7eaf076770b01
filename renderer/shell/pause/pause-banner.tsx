import { useTranslation } from 'react-i18next'
import { useSnapshot } from '../../store/app-context.ts'
import { StateMark } from '../../ui/state-mark.tsx'
import { PauseSentence } from './pause-sentence.tsx'

/** Above what is not shared now: that everything is paused, until when, and what still works. */
export function PauseBanner() {
  const { t } = useTranslation()
  const isPaused = useSnapshot(({ sharing }) => sharing.pause !== null)
  if (!isPaused) return null
  return (
    <section className="banner banner-paused" aria-label={t('nodeState.paused')}>
      <StateMark mark="paused" size={18} />
      <div className="grow">
        <PauseSentence />
      </div>
    </section>
  )
}
