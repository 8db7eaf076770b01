import { useTranslation } from 'react-i18next'

/** A hub: the diamond of the drawing, with its word. */
export function HubMark() {
  const { t } = useTranslation()
  return (
    <span className="hub-mark">
      <svg viewBox="0 0 12 12" width={11} height={11} aria-hidden>
        <path d="M6 1l5 5-5 5-5-5z" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinejoin="round" />
      </svg>
      {t('hub')}
    </span>
  )
}
