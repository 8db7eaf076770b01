import { useTranslation } from 'react-i18next'
import type { SharingConditions, SharingHours } from '../../../electron/contract/sharing.ts'
import type { CapabilityView } from '../../../electron/contract/snapshot.ts'
import { useFormat } from '../../i18n/use-format.ts'
import type { MeshAccess } from '../../store/use-access.ts'
import { useSpeedText } from '../../ui/limits/taking-limits.ts'
import { endsNextDay, isEveryDay, runsOf } from './hours.ts'

/** Hours in words: "22:00 to 07:00, Mon–Fri". */
function useHoursText(): (hours: SharingHours) => string {
  const { t } = useTranslation('capabilities')
  const format = useFormat()
  return ({ from, until, days }) => {
    const time = t(endsNextDay({ from, until }) ? 'hoursOvernight' : 'hours', { from: format.clock(from), until: format.clock(until) })
    if (isEveryDay(days)) return time
    const words = runsOf(days).flatMap(({ first, last, length }) => {
      if (length < 3) return first === last ? [format.dayName(first)] : [format.dayName(first), format.dayName(last)]
      return [t('dayRange', { first: format.dayName(first), last: format.dayName(last) })]
    })
    return t('hoursOn', { hours: time, days: format.list(words) })
  }
}

/** What peers may take, when and who: one short line each, those that restrict nothing left out. */
export function useLimitLines(): (capability: CapabilityView, access: readonly MeshAccess[]) => string[] {
  const { t } = useTranslation(['capabilities', 'common'])
  const format = useFormat()
  const speedText = useSpeedText()
  const hoursText = useHoursText()

  const amounts = ({ keepFreeDisk, processorBelow, keepFreeMemory }: SharingConditions) => [
    keepFreeDisk !== null && t('line.keepFreeDisk', { amount: format.bytes(keepFreeDisk) }),
    processorBelow !== null && t('line.processorBelow', { percent: format.percent(processorBelow / 100) }),
    keepFreeMemory !== null && t('line.keepFreeMemory', { amount: format.bytes(keepFreeMemory) }),
  ]
  const times = ({ whileInUse, idleMinutes, onBattery, hours }: SharingConditions) => [
    !whileInUse && t('line.idle', { time: format.left(idleMinutes * 60_000) }),
    !onBattery && t('line.mains'),
    hours !== null && hoursText(hours),
  ]
  const whom = (access: readonly MeshAccess[]) =>
    access.filter(({ rule }) => rule !== 'all').map(({ mesh, rule }) => t('line.rule', { rule: t(`common:rule.${rule}`), mesh: mesh.name }))
  const line = (parts: readonly (string | false)[]) => parts.filter((part) => part !== false).join(' · ')
  return ({ limits, conditions }, access) =>
    [
      t('line.requests', { count: limits.concurrent }),
      limits.bandwidthPerPeer === null ? '' : t('line.speed', { speed: speedText(limits.bandwidthPerPeer) }),
      line(amounts(conditions)),
      line(times(conditions)),
      ...whom(access),
    ].filter((line) => line !== '')
}
