import type { SharingView } from '../../contract/sharing.ts'
import type { SharingFacts } from './paused-by.ts'

const minute = 60_000
/** Longest time without a touch that is told, ms: no condition asks for more. */
const longest = 240 * minute
/** Steps in which the processor is shown, percent. */
const step = 5

/** What faces show: coarse, so that a machine at rest has no news. `busy` is the last measurement, 0 to 1. Pure. */
export function sharingView(facts: SharingFacts, pause: SharingView['pause'], busy: number | null): SharingView {
  const processor = facts.processor ?? (busy === null ? null : busy * 100)
  return {
    pause: pause && { until: pause.until, since: pause.since },
    presence: {
      idleMs: facts.idleMs === null ? null : Math.min(longest, Math.floor(facts.idleMs / minute) * minute),
      onBattery: facts.onBattery,
      freeDisk: facts.freeDisk,
      freeMemory: facts.freeMemory,
      processor: processor === null ? null : Math.round(processor / step) * step,
    },
  }
}
