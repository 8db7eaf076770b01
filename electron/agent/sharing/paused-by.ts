/** Whether a capability is for peers now, by its conditions and the facts. Pure. */
import type { PausedView, PausedWhy, SharingConditions } from '../../contract/sharing.ts'
import { hoursAt } from './hours.ts'

/** What is known now; null: this computer does not tell. */
export interface SharingFacts {
  /** Wall clock, ms since 1970. */
  now: number
  /** Monotonic, ms. */
  steady: number
  /** A person paused everything. */
  pause: { until: number | null } | null
  /** How long nobody has touched this computer, ms. */
  idleMs: number | null
  onBattery: boolean | null
  freeDisk: number | null
  freeMemory: number | null
  /** Busy, 0 to 100. */
  processor: number | null
}

/** The verdict before this one, and since when, monotonic ms. */
export interface Before {
  why: PausedWhy
  since: number
}

/**
 * What ended for want of a resource begins again only when there is clearly enough of it, and not sooner than this, ms: the
 * work for peers itself takes what is then missing, and each turn is told to the whole mesh.
 */
const leastPause = 120_000
/** Free space that is clearly enough, as a share of what is to be kept free. */
const clearlyEnough = 1.1
/** Percent below the limit at which a processor is clearly free; half the limit where that is less. */
const clearlyFree = 10

const minute = 60_000

/**
 * Why it is paused, or null. Of several reasons the one that a person can do most about is named. A fact that is not known
 * pauses nothing: no battery that anybody has seen is no battery that runs down.
 */
export function pausedBy(conditions: SharingConditions, facts: SharingFacts, before: Before | null): PausedView | null {
  if (facts.pause !== null) return { why: 'person', until: facts.pause.until }
  if (conditions.hours !== null) {
    const { open, changesAt } = hoursAt(conditions.hours, facts.now)
    if (!open) return { why: 'hours', until: changesAt }
  }
  const why = firstOf(conditions, facts, before)
  return why === null ? null : { why, until: null }
}

function firstOf(conditions: SharingConditions, facts: SharingFacts, before: Before | null): PausedWhy | null {
  const { whileInUse, idleMinutes, onBattery, keepFreeDisk, keepFreeMemory, processorBelow } = conditions
  const isHeld = (why: PausedWhy) => before?.why === why && facts.steady - before.since < leastPause
  const lacks = (why: PausedWhy, keep: number | null, free: number | null) =>
    keep !== null && free !== null && (isHeld(why) || free < keep * (before?.why === why ? clearlyEnough : 1))

  if (!onBattery && facts.onBattery === true) return 'battery'
  if (!whileInUse && facts.idleMs !== null && facts.idleMs < idleMinutes * minute) return 'in_use'
  if (lacks('disk', keepFreeDisk, facts.freeDisk)) return 'disk'
  if (lacks('memory', keepFreeMemory, facts.freeMemory)) return 'memory'
  if (processorBelow !== null && facts.processor !== null) {
    const margin = before?.why === 'processor' ? Math.min(clearlyFree, processorBelow / 2) : 0
    if (isHeld('processor') || facts.processor > processorBelow - margin) return 'processor'
  }
  return null
}
