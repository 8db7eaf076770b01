import { useTranslation } from 'react-i18next'
import { useSnapshot } from '../../../store/app-context.ts'
import { type AuditFilter, period } from './activity-filter.ts'
import type { Choice, Option } from './filter-bar.tsx'

/** What is chosen stays a choice, also when nothing of it is known any more. */
export const withChosen = (options: readonly Option[], chosen: string | null): readonly Option[] =>
  chosen === null || options.some(({ value }) => value === chosen) ? options : [...options, { value: chosen, label: chosen }]

type Part = Pick<AuditFilter, 'peer' | 'period'>

/** The two choices that both halves of the screen have: with whom, and how far back. */
export function useSharedChoices(filter: Part, change: (part: Partial<Part>) => void): { peer: Choice; period: Choice } {
  const { t } = useTranslation('activity')
  const peers = useSnapshot((snapshot) => Object.values(snapshot.peers).toSorted((a, b) => a.name.localeCompare(b.name)))
  const names = peers.map(({ id, name }) => ({ value: id, label: name }))
  return {
    peer: {
      ...{ label: t('peerLabel'), any: t('anyPeer'), options: withChosen(names, filter.peer), value: filter.peer },
      onChange: (peer) => change({ peer }),
    },
    period: {
      ...{ label: t('periodLabel'), any: t('anyTime'), value: filter.period },
      options: period.options.map((value) => ({ value, label: t(`period.${value}`) })),
      onChange: (value) => change({ period: period.nullable().catch(null).parse(value) }),
    },
  }
}
