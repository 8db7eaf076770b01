import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWarningWords } from '../../i18n/use-warning-words.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { warningsByWeight } from '../../store/node-summary.ts'
import { WarningAction } from './warning-action.tsx'
import { Banner } from '../../ui/banner.tsx'

/** The gravest health warning that the header does not say already (`said` is its code); the others behind one line. */
export function HealthBanner({ said = null }: { said?: string | null }) {
  const { t } = useTranslation('overview')
  const warnings = useSnapshot(warningsByWeight).filter(({ code }) => code !== said)
  const [all, setAll] = useState(false)
  const wordsOf = useWarningWords()
  const shown = all ? warnings : warnings.slice(0, 1)
  return (
    <>
      {shown.map((warning) => (
        <Banner
          key={warning.code}
          severity={warning.severity}
          title={wordsOf(warning).title}
          action={<WarningAction code={warning.code} />}
        >
          {wordsOf(warning).text}
        </Banner>
      ))}
      {warnings.length > 1 && (
        <UnstyledButton className="more" c="var(--fcn-accent)" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('fewerWarnings') : t('moreWarnings', { count: warnings.length - 1 })}
        </UnstyledButton>
      )}
    </>
  )
}
