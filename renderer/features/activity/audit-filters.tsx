import { Select, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSnapshot } from '../../store/app-context.ts'
import { buttonIcon } from '../../ui/icons.ts'
import { type AuditFilter, isKind, isPeriod, kinds, outcomes, periods } from './audit-query.ts'

/** Names longer than the node compares. */
const longest = 128

/** What to look for in the log: words, kind, outcome, peer, period. */
export function AuditFilters({ filter, onChange }: { filter: AuditFilter; onChange: (change: Partial<AuditFilter>) => void }) {
  const { t } = useTranslation('activity')
  const peers = useSnapshot((snapshot) => Object.values(snapshot.peers).toSorted((a, b) => a.name.localeCompare(b.name)))
  const known = filter.peer === null || peers.some(({ id }) => id === filter.peer)
  const peerChoices = [
    ...peers.map(({ id, name }) => ({ value: id, label: name })),
    ...(known || filter.peer === null ? [] : [{ value: filter.peer, label: filter.peer }]),
  ]
  return (
    <div className="audit-filters" role="search" aria-label={t('filters')}>
      <TextInput
        className="audit-text"
        value={filter.text}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
        placeholder={t('textHint')}
        aria-label={t('text')}
        maxLength={longest}
        leftSection={<IconSearch {...buttonIcon} />}
      />
      <Select
        data={Object.keys(kinds).map((value) => ({ value, label: isKind(value) ? t(`kind.${value}`) : value }))}
        value={filter.kind}
        onChange={(value) => onChange({ kind: isKind(value) ? value : null })}
        placeholder={t('anyKind')}
        aria-label={t('kindLabel')}
        clearable
      />
      <Select
        data={peerChoices}
        value={filter.peer}
        onChange={(peer) => onChange({ peer })}
        placeholder={t('anyPeer')}
        aria-label={t('peerLabel')}
        searchable={peerChoices.length > 8}
        clearable
      />
      <Select
        data={outcomes.map((value) => ({ value, label: t(`outcome.${value}`) }))}
        value={filter.outcome}
        onChange={(value) => onChange({ outcome: outcomes.find((known) => known === value) ?? null })}
        placeholder={t('anyOutcome')}
        aria-label={t('outcomeLabel')}
        clearable
      />
      <Select
        data={Object.keys(periods).map((value) => ({ value, label: isPeriod(value) ? t(`period.${value}`) : value }))}
        value={filter.period}
        onChange={(value) => onChange({ period: isPeriod(value) ? value : null })}
        placeholder={t('anyTime')}
        aria-label={t('periodLabel')}
        clearable
      />
    </div>
  )
}
