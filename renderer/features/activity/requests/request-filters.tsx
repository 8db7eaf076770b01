import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { capabilityNames } from '../../../../electron/contract/capability.ts'
import { routeView, type RouteView } from '../../../../electron/contract/routing.ts'
import { useSnapshot } from '../../../store/app-context.ts'
import { useCapabilityName } from '../../../ui/capability-name.ts'
import type { RouteFilter } from '../filter/activity-filter.ts'
import { useSharedChoices, withChosen } from '../filter/choices.ts'
import { FilterBar } from '../filter/filter-bar.tsx'

const result = routeView.shape.result

interface RequestFiltersProps {
  filter: RouteFilter
  /** What is listed, for the names of services that only peers share. */
  routes: readonly RouteView[]
  onChange: (change: Partial<RouteFilter>) => void
  children: ReactNode
}

/** Which requests to look for: words, for what, with whom, with which result, how far back. */
export function RequestFilters({ filter, routes, onChange, children }: RequestFiltersProps) {
  const { t } = useTranslation('routed')
  const { peer, period } = useSharedChoices(filter, onChange)
  const things = {
    ...{ label: t('whatLabel'), any: t('anything'), value: filter.what, options: withChosen(useThings(routes), filter.what) },
    onChange: (what: string | null) => onChange({ what }),
  }
  const results = {
    ...{ label: t('resultLabel'), any: t('anyResult'), value: filter.result },
    options: result.options.map((value) => ({ value, label: t(`result.${value}`) })),
    onChange: (value: string | null) => onChange({ result: result.nullable().catch(null).parse(value) }),
  }
  return (
    <FilterBar
      label={t('filters')}
      search={{ label: t('text'), hint: t('textHint'), value: filter.text, onChange: (text) => onChange({ text }) }}
      choices={[things, peer, results, period]}
    >
      {children}
    </FilterBar>
  )
}

/** Capabilities, own services by name, and what else is listed. */
function useThings(routes: readonly RouteView[]) {
  const capabilityName = useCapabilityName()
  const services = useSnapshot((snapshot) => snapshot.services)
  const named = new Map([
    ...capabilityNames.map((name) => [name, capabilityName(name)] as const),
    ...Object.values(services).map(({ id, name }) => [id, name] as const),
  ])
  for (const { what } of routes) if (!named.has(what)) named.set(what, what)
  return [...named].map(([value, label]) => ({ value, label }))
}
