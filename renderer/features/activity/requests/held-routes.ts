import type { RouteView } from '../../../../electron/contract/routing.ts'

/**
 * What is shown while somebody looks: the same requests at the same places, each as it is now. New ones wait, and those
 * that were pushed out of the newest stay as they were last.
 */
export function holdRoutes(shown: readonly RouteView[], newest: readonly RouteView[]): { routes: RouteView[]; waiting: number } {
  const byId = new Map(newest.map((route) => [route.id, route]))
  const routes = shown.map((route) => byId.get(route.id) ?? route)
  const known = new Set(shown.map(({ id }) => id))
  const oldest = shown.at(-1)?.at ?? -Infinity
  return { routes, waiting: newest.filter(({ id, at }) => !known.has(id) && at >= oldest).length }
}
