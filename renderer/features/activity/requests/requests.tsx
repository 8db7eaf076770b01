import './requests.css'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RouteView } from '../../../../electron/contract/routing.ts'
import { useSnapshot } from '../../../store/app-context.ts'
import { useLooking } from '../../../store/use-looking.ts'
import { useNow } from '../../../store/use-now.ts'
import { PageHead } from '../../../ui/page-head.tsx'
import { ActivityTabs } from '../activity-tabs.tsx'
import { Days } from '../days.tsx'
import { ExportButton } from '../export/export-button.tsx'
import { isAnything, routeFilter, sharedSearch } from '../filter/activity-filter.ts'
import { useFilter } from '../filter/use-filter.ts'
import { ListCard } from '../list-card.tsx'
import { holdRoutes } from './held-routes.ts'
import { RequestFilters } from './request-filters.tsx'
import { RequestRow } from './request-row.tsx'
import { useRouteExport } from './route-export.ts'
import { useRoutes } from './use-routes.ts'

/** The list is asked this long after the last change of the filter, ms. */
const stillFor = 300

/** The requests that were routed, live. */
export function Requests() {
  const { t } = useTranslation('routed')
  const running = useSnapshot(({ routed }) => routed.running)
  const address = useSnapshot(({ node }) => `http://127.0.0.1:${node.port}`)
  const { filter, change, clear } = useFilter(routeFilter)
  const [asked] = useDebouncedValue(filter, stillFor)
  const { routes, refresh, retry, more } = useRoutes(asked)
  return (
    <>
      <PageHead title={t('title')} actions={<ExportButton name="requests" list={useRouteExport(filter)} />}>
        {running === 0 ? t('subtitle') : t('subtitleRunning', { count: running })}
      </PageHead>
      <RequestFilters filter={filter} routes={routes ?? []} onChange={change}>
        <ActivityTabs shown="requests" search={sharedSearch(filter)} />
      </RequestFilters>
      <ListCard
        count={routes?.length ?? null}
        failure={refresh.failure}
        onRetry={retry}
        filtered={!isAnything(asked)}
        onClear={clear}
        empty={{
          title: t('empty'),
          help: (
            <>
              <p>{t('emptyHelp')}</p>
              <p>
                <code>{`${address}/capabilities/any/ai/`}</code>
              </p>
            </>
          ),
        }}
        noneFits={t('noneFits')}
        older={more && { load: more, loading: refresh.running }}
      >
        <Rows key={JSON.stringify(asked)} routes={routes ?? []} />
      </ListCard>
    </>
  )
}

/** While somebody looks at them, the rows keep their places; how many new ones wait is said above them. */
function Rows({ routes }: { routes: RouteView[] }) {
  const { t } = useTranslation('routed')
  // only what runs takes longer and longer
  const now = useNow(routes.some(({ result }) => result === 'running') ? 1_000 : 60_000)
  const { looking, watch } = useLooking()
  const [opened, setOpened] = useState<string | null>(null)
  const [shown, setShown] = useState<RouteView[]>(routes)
  const [seen, setSeen] = useState<RouteView[]>(routes)
  const held = looking || opened !== null
  const { routes: kept, waiting } = held ? holdRoutes(shown, routes) : { routes, waiting: 0 }
  // Derived state: React renders again at once, before anything is painted.
  if (seen !== routes || (!held && shown !== routes)) {
    setSeen(routes)
    setShown(kept)
  }
  const rowOf = (route: RouteView) => (
    <RequestRow
      key={route.id}
      route={route}
      now={now}
      open={route.id === opened}
      onToggle={() => setOpened(route.id === opened ? null : route.id)}
    />
  )
  return (
    <>
      <p className="waiting-rows" role="status">
        {waiting > 0 && (
          <button type="button" onClick={() => setShown(routes)}>
            {t('newOnes', { count: waiting })}
          </button>
        )}
      </p>
      <div className="requests" role="group" aria-label={t('list')} {...watch}>
        <Days entries={kept} renderRow={rowOf} />
      </div>
    </>
  )
}
