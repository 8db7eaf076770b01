/** The limits of a capability or service as a person types them, and what they come to. Pure. */
import { type CapabilityLimits, capabilityLimits } from '../../../electron/contract/routing.ts'

/** One field: a number, or text while none is typed. Bandwidth is in megabytes a second, empty for no limit. */
export type TypedLimits = Record<keyof CapabilityLimits, number | string>

export const limitNames = ['concurrent', 'concurrentPerPeer', 'queue', 'bandwidthPerPeer'] as const satisfies (keyof CapabilityLimits)[]

const megabyte = 1e6

export const asTyped = (limits: CapabilityLimits): TypedLimits => ({
  ...limits,
  bandwidthPerPeer: limits.bandwidthPerPeer === null ? '' : limits.bandwidthPerPeer / megabyte,
})

/** What a field says; undefined when it is not allowed. */
function readLimit<N extends keyof CapabilityLimits>(name: N, typed: number | string): CapabilityLimits[N] | undefined {
  const value =
    name === 'bandwidthPerPeer' ? (typed === '' ? null : Math.round(Number(typed) * megabyte)) : typed === '' ? NaN : Number(typed)
  const read = capabilityLimits.shape[name].safeParse(value)
  return read.success ? (read.data as CapabilityLimits[N]) : undefined
}

/** What is wrong with a field: `range`, or `places` when one peer would have more places than there are. */
export function problemsOf(typed: TypedLimits): Partial<Record<keyof CapabilityLimits, 'range' | 'places'>> {
  const wrong = limitNames.filter((name) => readLimit(name, typed[name]) === undefined)
  const [all, one] = [readLimit('concurrent', typed.concurrent), readLimit('concurrentPerPeer', typed.concurrentPerPeer)]
  return {
    ...(all !== undefined && one !== undefined && one > all && { concurrentPerPeer: 'places' as const }),
    ...Object.fromEntries(wrong.map((name) => [name, 'range' as const])),
  }
}

/** What differs from the limits now; null when nothing does or something is not allowed. */
export function changedLimits(typed: TypedLimits, now: CapabilityLimits): Partial<CapabilityLimits> | null {
  if (Object.keys(problemsOf(typed)).length > 0) return null
  const changed = limitNames.flatMap((name) => {
    const value = readLimit(name, typed[name])
    return value === now[name] ? [] : [[name, value] as const]
  })
  return changed.length === 0 ? null : Object.fromEntries(changed)
}
