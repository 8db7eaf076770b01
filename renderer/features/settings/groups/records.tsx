import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/use-format.ts'
import { useSnapshot } from '../../../store/app-context.ts'
import { TextSetting } from '../parts/text-setting.tsx'

export function AuditDays() {
  const { t } = useTranslation('settings')
  const auditDays = useSnapshot(({ settings }) => settings.auditDays)
  return (
    <TextSetting
      title={t('auditDays')}
      help={t('auditDaysHelp')}
      value={String(auditDays)}
      numeric
      of={['auditDays']}
      allowed={t('allowed.auditDays')}
      change={(text) => ({ auditDays: Number(text) })}
    />
  )
}

/** About what an entry of the audit log takes on disk (contract, `settings`). */
const bytesPerEntry = 300

export function AuditEntries() {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const auditEntries = useSnapshot(({ settings }) => settings.auditEntries)
  return (
    <TextSetting
      title={t('auditEntries')}
      help={t('auditEntriesHelp', { size: format.bytes(auditEntries * bytesPerEntry) })}
      value={String(auditEntries)}
      numeric
      of={['auditEntries']}
      allowed={t('allowed.auditEntries')}
      change={(text) => ({ auditEntries: Number(text) })}
    />
  )
}
