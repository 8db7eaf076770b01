import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { capabilityNames } from '../../../../electron/contract/capability.ts'
import type { RouteView } from '../../../../electron/contract/routing.ts'
import { useSnapshot } from '../../../store/app-context.ts'
import { useCapabilityName } from '../../../ui/capability-name.ts'
import { isResult, type RouteFilter, results } from './route-filter.ts'

interface RequestFiltersProps {
  filter: RouteFilter
  /** What is listed, for the names of services that only peers share. */
  routes: readonly RouteView[]
  onChange: (change: Partial<RouteFilter>) => void
}

/** Which requests to look for: with whom, for what, with which result. */
export function RequestFilters({ filter, routes, onChange }: RequestFiltersProps) {
  const { t } = useTranslation('routed')
  const capabilityName = useCapabilityName()
  const peers = useSnapshot((snapshot) => Object.values(snapshot.peers).toSorted((a, b) => a.name.localeCompare(b.name)))
  const services = useSnapshot((snapshot) => snapshot.services)
  const peerChoices = withChosen(
    peers.map(({ id, name }) => ({ value: id, label: name })),
    filter.peer,
  )
  const named = new Map([
    ...capabilityNames.map((name) => [name, capabilityName(name)] as const),
    ...Object.values(services).map(({ id, name }) => [id, name] as const),
  ])
  for (const { what } of routes) if (!named.has(what)) named.set(what, what)
  const things = withChosen(
    [...named].map(([value, label]) => ({ value, label })),
    filter.what,
  )
  return (
    <div className="request-filters" role="search" aria-label={t('filters')}>
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
        data={things}
        value={filter.what}
        onChange={(what) => onChange({ what })}
        placeholder={t('anything')}
        aria-label={t('whatLabel')}
        searchable={things.length > 8}
        clearable
      />
      <Select
        data={results.map((value) => ({ value, label: t(`result.${value}`) }))}
        value={filter.result}
        onChange={(result) => onChange({ result: isResult(result) ? result : null })}
        placeholder={t('anyResult')}
        aria-label={t('resultLabel')}
        clearable
      />
    </div>
  )
}

/** What is chosen stays a choice, also when nothing of it is known any more. */
function withChosen(choices: { value: string; label: string }[], chosen: string | null) {
  return chosen === null || choices.some(({ value }) => value === chosen) ? choices : [...choices, { value: chosen, label: chosen }]
}
