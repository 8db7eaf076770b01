import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { auditEntry } from '../../../../electron/contract/audit.ts'
import { type AuditFilter, kind } from '../filter/activity-filter.ts'
import { useSharedChoices } from '../filter/choices.ts'
import { FilterBar } from '../filter/filter-bar.tsx'

const outcome = auditEntry.shape.outcome

interface AuditFiltersProps {
  filter: AuditFilter
  onChange: (change: Partial<AuditFilter>) => void
  children: ReactNode
}

/** What to look for in the log: words, kind, peer, outcome, period. */
export function AuditFilters({ filter, onChange, children }: AuditFiltersProps) {
  const { t } = useTranslation('activity')
  const { peer, period } = useSharedChoices(filter, onChange)
  const kinds = {
    ...{ label: t('kindLabel'), any: t('anyKind'), value: filter.kind },
    options: kind.options.map((value) => ({ value, label: t(`kind.${value}`) })),
    onChange: (value: string | null) => onChange({ kind: kind.nullable().catch(null).parse(value) }),
  }
  const outcomes = {
    ...{ label: t('outcomeLabel'), any: t('anyOutcome'), value: filter.outcome },
    options: outcome.options.map((value) => ({ value, label: t(`outcome.${value}`) })),
    onChange: (value: string | null) => onChange({ outcome: outcome.nullable().catch(null).parse(value) }),
  }
  return (
    <FilterBar
      label={t('filters')}
      search={{ label: t('text'), hint: t('textHint'), value: filter.text, onChange: (text) => onChange({ text }) }}
      choices={[kinds, peer, outcomes, period]}
    >
      {children}
    </FilterBar>
  )
}
