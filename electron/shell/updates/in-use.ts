import type { Snapshot } from '../../contract/snapshot.ts'

/** Whether peers use this node now: a capability or a service of it, or the hub that it is for them. */
export function isInUse({ capabilities, rates, hubs }: Pick<Snapshot, 'capabilities' | 'rates' | 'hubs'>): boolean {
  return (
    Object.values(capabilities).some(({ usedBy }) => usedBy.length > 0) ||
    Object.values(rates).some(({ direction, underWay, bytesPerSecond }) => direction === 'from' && (underWay > 0 || bytesPerSecond > 0)) ||
    Object.values(hubs).some(({ pairs }) => pairs > 0)
  )
}
