import { useTranslation } from 'react-i18next'
import type { AuditCheck } from '../../../../electron/contract/audit.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { Banner } from '../../../ui/banner.tsx'
import { CopyValue } from '../../../ui/copy-value.tsx'

/** What the check of the whole log found, and the fingerprint to note down. */
export function LogCheck({ check: { ok, entries, head, brokenAt } }: { check: AuditCheck }) {
  const { t } = useTranslation('activity')
  const format = useFormat()
  if (!ok)
    return (
      <Banner severity="error" title={t('checkBroken', { seq: brokenAt === null ? '?' : format.number(brokenAt) })}>
        {t('checkBrokenHelp')}
      </Banner>
    )
  return (
    <Banner severity="info" title={t('checkOk', { count: entries })} action={head && <CopyValue value={head} label={t('copyHead')} />}>
      {head === null ? t('checkEmpty') : t('checkHead')} {head !== null && <code className="log-head">{head}</code>}
    </Banner>
  )
}
