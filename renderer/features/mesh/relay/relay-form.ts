/** The limits of relaying as a person types them, and what they come to. Pure. */
import { type HubLimits, hubLimits } from '../../../../electron/contract/relay.ts'

/** One field: a number, or text while none is typed. Speed is in megabytes a second, data in gigabytes; empty for no limit. */
export type TypedHubLimits = Record<keyof HubLimits, number | string>

export const hubLimitNames = ['members', 'bytesPerSecond', 'bytesPerMonth'] as const satisfies (keyof HubLimits)[]

/** What one of a field is; members count themselves. */
const units = { members: null, bytesPerSecond: 1e6, bytesPerMonth: 1e9 } as const

export const asTyped = ({ members, bytesPerSecond, bytesPerMonth }: HubLimits): TypedHubLimits => ({
  members,
  bytesPerSecond: bytesPerSecond === null ? '' : bytesPerSecond / units.bytesPerSecond,
  bytesPerMonth: bytesPerMonth === null ? '' : bytesPerMonth / units.bytesPerMonth,
})

/** What a field says; undefined when it is not allowed. */
function readLimit<N extends keyof HubLimits>(name: N, typed: number | string): HubLimits[N] | undefined {
  const unit = units[name]
  const value = unit === null ? (typed === '' ? Number.NaN : Number(typed)) : typed === '' ? null : Math.round(Number(typed) * unit)
  const read = hubLimits.shape[name].safeParse(value)
  return read.success ? (read.data as HubLimits[N]) : undefined
}

/** Fields that say nothing that is allowed. */
export const wrongLimits = (typed: TypedHubLimits): (keyof HubLimits)[] =>
  hubLimitNames.filter((name) => readLimit(name, typed[name]) === undefined)

/** What differs from the limits now; null when nothing does or something is not allowed. */
export function changedHubLimits(typed: TypedHubLimits, now: HubLimits): Partial<HubLimits> | null {
  if (wrongLimits(typed).length > 0) return null
  const changed = hubLimitNames.flatMap((name) => {
    const value = readLimit(name, typed[name])
    return value === now[name] ? [] : [[name, value] as const]
  })
  return changed.length === 0 ? null : Object.fromEntries(changed)
}

/** When the next calendar month begins (UTC), by which relayed data is counted. */
export function nextMonth(now: number): number {
  const date = new Date(now)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
}
