import './requests.css'
import { Button } from '@mantine/core'
import { IconArrowsExchange } from '@tabler/icons-react'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RouteView } from '../../../../electron/contract/routing.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { useSnapshot } from '../../../store/app-context.ts'
import { useLooking } from '../../../store/use-looking.ts'
import { useNow } from '../../../store/use-now.ts'
import { Empty } from '../../../ui/empty.tsx'
import { FailureText } from '../../../ui/failure-text.tsx'
import { Loading } from '../../../ui/loading.tsx'
import { PageHead } from '../../../ui/page-head.tsx'
import { ActivityTabs } from '../activity-tabs.tsx'
import { holdRoutes } from './held-routes.ts'
import { RequestFilters } from './request-filters.tsx'
import { RequestRow } from './request-row.tsx'
import { anyRoute, isAnyRoute, type RouteFilter } from './route-filter.ts'
import { useRoutes } from './use-routes.ts'

/** The requests that were routed, live; `peer` is whom to look at first. */
export function Requests({ peer }: { peer: string | null }) {
  const { t } = useTranslation('routed')
  const running = useSnapshot(({ routed }) => routed.running)
  const [filter, setFilter] = useState<RouteFilter>({ ...anyRoute, peer })
  const { routes, refresh, more } = useRoutes(filter)
  return (
    <>
      <PageHead title={t('title')}>{running === 0 ? t('subtitle') : t('subtitleRunning', { count: running })}</PageHead>
      <ActivityTabs shown="requests" />
      <RequestFilters filter={filter} routes={routes ?? []} onChange={(change) => setFilter((now) => ({ ...now, ...change }))} />
      <FailureText failure={refresh.failure} />
      {routes === null && refresh.failure === null && <Loading />}
      {routes?.length === 0 && <Nothing filtered={!isAnyRoute(filter)} onClear={() => setFilter(anyRoute)} />}
      {routes !== null && routes.length > 0 && (
        <div className="card activity requests-card">
          <Rows key={JSON.stringify(filter)} routes={routes} />
          {more && (
            <div className="older">
              <Button variant="default" onClick={more} loading={refresh.running}>
                {t('older')}
              </Button>
            </div>
          )}
        </div>
      )}
    </>
  )
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const { t } = useTranslation('routed')
  const address = useSnapshot(({ node }) => `http://127.0.0.1:${node.port}`)
  const mark = <IconArrowsExchange size={56} stroke={1.2} aria-hidden />
  if (filtered)
    return (
      <Empty
        mark={mark}
        title={t('noneFits')}
        actions={
          <Button variant="default" onClick={onClear}>
            {t('clearFilters')}
          </Button>
        }
      />
    )
  return (
    <Empty mark={mark} title={t('empty')}>
      <p>{t('emptyHelp')}</p>
      <p>
        <code>{`${address}/capabilities/any/ai/`}</code>
      </p>
    </Empty>
  )
}

/** While somebody looks at them, the rows keep their places; how many new ones wait is said above them. */
function Rows({ routes }: { routes: RouteView[] }) {
  const { t } = useTranslation('routed')
  const format = useFormat()
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
  return (
    <>
      <p className="waiting-rows" role="status">
        {waiting > 0 && (
          <button type="button" onClick={() => setShown(routes)}>
            {t('newOnes', { count: waiting })}
          </button>
        )}
      </p>
      <ul className="requests" aria-label={t('list')} {...watch}>
        {kept.map((route, index) => {
          const day = format.weekday(route.at)
          const before = kept[index - 1]
          return (
            <Fragment key={route.id}>
              {day !== (before ? format.weekday(before.at) : format.weekday(now)) && <li className="day">{day}</li>}
              <RequestRow
                route={route}
                now={now}
                open={route.id === opened}
                onToggle={() => setOpened(route.id === opened ? null : route.id)}
              />
            </Fragment>
          )
        })}
      </ul>
    </>
  )
}
