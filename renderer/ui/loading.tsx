import { useTranslation } from 'react-i18next'
import { useAfter } from './use-after.ts'

/** What comes sooner than this shows nothing in between, ms: a flash of grey is worse than a short wait. */
export const loadingPatience = 300

/** Stands where a list or a screen will be: nothing at first, then still grey lines and a word for those who hear the page. */
export function Loading({ lines = 6 }: { lines?: number }) {
  const { t } = useTranslation()
  const late = useAfter(loadingPatience)
  return (
    <div className="loading" role="status">
      {late && (
        <>
          <span className="only-heard">{t('loading')}</span>
          {Array.from({ length: lines }, (_, index) => (
            <span className="loading-line" key={index} aria-hidden />
          ))}
        </>
      )}
    </div>
  )
}
