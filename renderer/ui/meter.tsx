import { useTranslation } from 'react-i18next'

/** From this fraction on a meter is nearly full and turns amber. */
const nearlyFull = 0.9

/** How much of something is used, 0 to 1, with its words. */
export function Meter({ label, words, value }: { label: string; words: string; value: number }) {
  const { t } = useTranslation()
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100)
  return (
    <div className="meter">
      <div className="meter-words" aria-hidden>
        <span>{label}</span>
        <span>{words}</span>
      </div>
      <div
        className="meter-track"
        role="meter"
        aria-label={label}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={t('meterText', { words, percent })}
      >
        <div
          className="meter-fill"
          data-tone={value >= nearlyFull ? 'attention' : undefined}
          style={{ inlineSize: `${percent}%` }}
        />
      </div>
    </div>
  )
}
