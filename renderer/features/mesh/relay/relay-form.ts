/** The limits of relaying as a person types them. Pure. */
import { defaultHubLimits, type HubLimits, hubLimits } from '../../../../electron/contract/relay.ts'
import type { LimitKind } from '../../../ui/limits/typed-limits.ts'
import { gigabyte, megabit } from '../../../ui/limits/units.ts'

/** What a hub gives to one mesh; members count themselves. */
export const relayLimits: LimitKind<HubLimits> = {
  units: { members: 1, bytesPerSecond: megabit, bytesPerMonth: gigabyte },
  allowed: hubLimits.shape,
  usual: defaultHubLimits,
}

/** When the next calendar month begins (UTC), by which relayed data is counted. */
export function nextMonth(now: number): number {
  const date = new Date(now)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
}
