/** When the conditions have to be judged again although nothing was announced. Pure. */
import type { SharingConditions } from '../../contract/sharing.ts'
import { hoursAt } from './hours.ts'
import type { SharingFacts } from './paused-by.ts'
import { watchedBy } from './watched.ts'

/** A person who comes back waits at most so long until their computer is their own, ms. */
const comingBack = 5_000
/** Longest wait, ms: the wall clock may be set, and a timer that waits for an hour would not notice. */
const longest = 60_000
const shortest = 1_000
const minute = 60_000

/** In so many ms; null when only something that is announced can change a verdict. */
export function nextLook(all: readonly SharingConditions[], facts: Pick<SharingFacts, 'now' | 'pause' | 'idleMs'>): number | null {
  const { now, pause } = facts
  const delays: number[] = []
  if (pause !== null && pause.until !== null) delays.push(pause.until - now)
  // while a person has paused everything, no condition counts
  if (pause === null) {
    for (const { hours } of all) {
      const changesAt = hours === null ? null : hoursAt(hours, now).changesAt
      if (changesAt !== null) delays.push(changesAt - now)
    }
    if (watchedBy(all).person) delays.push(untilPresence(all, facts.idleMs))
  }
  return delays.length === 0 ? null : Math.min(longest, Math.max(shortest, Math.min(...delays)))
}

/** Where it is in use for a condition: when it may be idle for the first one. Otherwise a person may come back at any time. */
function untilPresence(all: readonly SharingConditions[], idleMs: number | null): number {
  if (idleMs === null) return longest
  const left = all.filter(({ whileInUse }) => !whileInUse).map(({ idleMinutes }) => idleMinutes * minute - idleMs)
  return left.some((ms) => ms <= 0) ? comingBack : Math.min(...left)
}
