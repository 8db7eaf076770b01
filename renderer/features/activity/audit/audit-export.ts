import { useTranslation } from 'react-i18next'
import type { AuditEntry } from '../../../../electron/contract/audit.ts'
import { useCall } from '../../../store/app-context.ts'
import { useAuditSentence } from '../../../store/audit-sentence.ts'
import { unmarked } from '../../../ui/named-sentence.tsx'
import type { Exportable } from '../export/export-parts.ts'
import { type AuditFilter, auditQueryOf } from '../filter/activity-filter.ts'

/** The entries that fit, for a file: the sentence of each first, then what it was made from. */
export function useAuditExport(filter: AuditFilter): Exportable<AuditEntry> {
  const { t } = useTranslation('activity')
  const call = useCall()
  const sentenceOf = useAuditSentence()
  return {
    list: (before, limit) =>
      call('audit.list', { ...auditQueryOf(filter, Date.now()), limit, ...(before !== null && { before: before.seq }) }),
    heads: [
      ...[t('column.time'), t('column.what'), t('column.facts'), t('column.outcome'), t('column.actor'), t('column.actorId')],
      ...[t('column.action'), t('column.subject'), t('column.subjectId'), t('column.number'), t('column.hash')],
    ],
    fields: (entry) => {
      const { text, facts } = sentenceOf(entry)
      return [
        ...[new Date(entry.at).toISOString(), unmarked(text), facts, t(`outcome.${entry.outcome}`), entry.actor, entry.actorId],
        ...[entry.action, entry.subject, entry.subjectId, entry.seq, entry.hash],
      ]
    },
  }
}
