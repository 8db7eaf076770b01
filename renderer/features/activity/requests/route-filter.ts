import type { CallInput } from '../../../../electron/contract/calls.ts'
import { routeView, type RouteView } from '../../../../electron/contract/routing.ts'

/** Which requests are looked for; null: any. */
export interface RouteFilter {
  /** Node id. */
  peer: string | null
  /** Name of a capability or service. */
  what: string | null
  result: RouteView['result'] | null
}

export const anyRoute: RouteFilter = { peer: null, what: null, result: null }
export const isAnyRoute = ({ peer, what, result }: RouteFilter): boolean => peer === null && what === null && result === null

export const results = routeView.shape.result.options
export const isResult = (text: string | null): text is RouteView['result'] => results.some((result) => result === text)

/** The filter as the node takes it; what is not asked for is left out. */
export function routeQueryOf({ peer, what, result }: RouteFilter): CallInput<'route.list'> {
  return { ...(peer !== null && { peer }), ...(what !== null && { what }), ...(result !== null && { result }) }
}
