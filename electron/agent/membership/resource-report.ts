/**
 * When others are told how busy this machine is. Each telling wakes every peer, and a machine at rest is never quite the
 * same: what changes much after a quiet time is told soon, a wobble or one change after the other seldom. Times are
 * monotonic, ms.
 */
import type { Resources } from '../../contract/resources.ts'

/** Least time between two reports when much has changed; doubles while that goes on. */
const soon = 15_000
/** The same for everything else, and at most. */
const seldom = 120_000
/** Share of the cores in use or in demand, and of the space of memory and disk, that is much. */
const much = { cores: 0.25, space: 0.1 }

/** Remembers what was told last, and when. */
export function createResourceReport() {
  let told: Resources | undefined
  let at = -Infinity
  let pause = soon

  return {
    /** The time at which these are to be told, which may have passed; null when that is not needed. */
    dueAt(resources: Resources): number | null {
      if (told && JSON.stringify(told) === JSON.stringify(resources)) return null
      return at + (!told || differMuch(told, resources) ? pause : seldom)
    },
    told(resources: Resources, now: number): void {
      pause = now - at >= 2 * seldom ? soon : Math.min(seldom, 2 * pause)
      told = resources
      at = now
    },
  }
}

function differMuch(told: Resources, now: Resources): boolean {
  return (
    Math.abs(told.cpu.busy - now.cpu.busy) >= much.cores ||
    Math.abs(told.cpu.load - now.cpu.load) >= much.cores * Math.max(1, told.cpu.load) ||
    spaceDiffers(told.memory, now.memory) ||
    spaceDiffers(told.disk, now.disk) ||
    told.cpu.cores !== now.cpu.cores ||
    JSON.stringify(told.gpus) !== JSON.stringify(now.gpus)
  )
}

function spaceDiffers(told: Resources['disk'], now: Resources['disk']): boolean {
  if (told === null || now === null) return told !== now
  return told.total !== now.total || Math.abs(told.free - now.free) >= much.space * now.total
}
