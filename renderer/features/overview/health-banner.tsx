import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSnapshot } from '../../store/app-context.ts'
import { warningsByWeight } from '../../store/node-summary.ts'
import { WarningAction } from './warning-action.tsx'
import { Banner } from '../../ui/banner.tsx'

/** The gravest health warning; the others behind one line. */
export function HealthBanner() {
  const { t } = useTranslation('overview')
  const warnings = useSnapshot(warningsByWeight)
  const [all, setAll] = useState(false)
  const shown = all ? warnings : warnings.slice(0, 1)
  return (
    <>
      {shown.map(({ code, severity, title, text, action }) => (
        <Banner key={code} severity={severity} title={title} action={<WarningAction code={code} />}>
          {action === null ? text : `${text} ${sentence(action)}`}
        </Banner>
      ))}
      {warnings.length > shown.length && (
        <UnstyledButton className="more" c="var(--fcn-accent)" onClick={() => setAll(true)}>
          {t('moreWarnings', { count: warnings.length - shown.length })}
        </UnstyledButton>
      )}
    </>
  )
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`)
