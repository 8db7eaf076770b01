import { useEffect, useState } from 'react'
import type { RouteView } from '../../../../electron/contract/routing.ts'
import { useCall, useSnapshot } from '../../../store/app-context.ts'
import { type Task, useTask } from '../../../store/use-task.ts'
import { type RouteFilter, routeQueryOf } from '../filter/activity-filter.ts'

/** Requests fetched at first, and the most that are shown. */
const page = 100
const most = 1_000

/**
 * The newest requests that fit, as they are now: asked for again whenever the node says that something moved, which it
 * does at most once a second. `routes` is null until an answer for this filter came, `more` when there are no older ones
 * to show.
 */
export function useRoutes(filter: RouteFilter): {
  routes: RouteView[] | null
  refresh: Task<[asOf: string, filter: RouteFilter, count: number], void>
  /** Asks again at once. */
  retry: () => void
  more: (() => void) | null
} {
  const call = useCall()
  const news = useSnapshot(({ epoch, routed }) => `${epoch} ${routed.revision}`)
  const [count, setCount] = useState(page)
  const [found, setFound] = useState<{ filter: RouteFilter; routes: RouteView[] } | null>(null)
  const refresh = useTask(async (_asOf: string, asked: RouteFilter, limit: number) => {
    const routes = await call('route.list', { ...routeQueryOf(asked, Date.now()), limit })
    setFound({ filter: asked, routes })
  })
  // `run` of a task never changes.
  const { run } = refresh
  useEffect(() => void run(news, filter, count), [run, news, filter, count])
  const routes = found?.filter === filter ? found.routes : null
  const moreThere = routes !== null && routes.length >= count && count < most
  return {
    routes,
    refresh,
    retry: () => void run(news, filter, count),
    more: moreThere ? () => setCount((now) => Math.min(most, now + page)) : null,
  }
}
