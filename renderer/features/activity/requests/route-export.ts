import { useTranslation } from 'react-i18next'
import type { RouteView } from '../../../../electron/contract/routing.ts'
import { useCall, useSnapshot } from '../../../store/app-context.ts'
import { unmarked } from '../../../ui/named-sentence.tsx'
import type { Exportable } from '../export/export-parts.ts'
import { type RouteFilter, routeQueryOf } from '../filter/activity-filter.ts'
import { useRouteText } from './route-text.ts'

/** The requests that fit, for a file: in words first, then what those were made from. */
export function useRouteExport(filter: RouteFilter): Exportable<RouteView> {
  const { t } = useTranslation('routed')
  const call = useCall()
  const textOf = useRouteText()
  const meshes = useSnapshot((snapshot) => snapshot.meshes)
  return {
    list: (before, limit) =>
      call('route.list', { ...routeQueryOf(filter, Date.now()), limit, ...(before !== null && { before: before.id }) }),
    heads: [
      ...[t('column.time'), t('column.asked'), t('column.place'), t('column.result'), t('column.bytesIn'), t('column.bytesOut')],
      ...[t('column.duration'), t('column.from'), t('column.fromId'), t('column.sentTo'), t('column.ranOn'), t('column.nodeId')],
      ...[t('column.path'), t('column.retries'), t('column.mesh'), t('column.method'), t('column.status'), t('column.code')],
      t('column.requestId'),
    ],
    fields: (route) => {
      const { asked, place, result } = textOf(route, Date.now())
      const { at, bytesIn, bytesOut, duration, from, sentTo, ranOn, path, retries, mesh, method, status, code, requestId } = route
      return [
        ...[new Date(at).toISOString(), unmarked(asked), place, result, bytesIn, bytesOut, duration],
        ...[from?.name ?? null, from?.id ?? null, sentTo?.name ?? null, ranOn?.name ?? null, (ranOn ?? sentTo)?.id ?? null],
        ...[path, retries, mesh === null ? null : (meshes[mesh]?.name ?? mesh), method, status, code, requestId],
      ]
    },
  }
}
