/**
 * When others are told how busy this machine is. Each telling wakes every peer, and a machine at rest is never quite the
 * same: what changes much is told soon, a wobble seldom. Pure.
 */
import type { Resources } from '../../contract/resources.ts'

/** Least time between two reports, ms, when much has changed. */
const soon = 15_000
/** The same for everything else: nobody decides anything by it. */
const seldom = 120_000
/** Share of the cores in use or in demand, and of the space of memory and disk, that is much. */
const much = { cores: 0.25, space: 0.1 }

/** Milliseconds that have to lie between the last report, of `told`, and one of `now`; null when there is nothing to tell. */
export function reportPause(told: Resources | undefined, now: Resources): number | null {
  if (!told) return soon
  if (JSON.stringify(told) === JSON.stringify(now)) return null
  return differMuch(told, now) ? soon : seldom
}

function differMuch(told: Resources, now: Resources): boolean {
  return (
    Math.abs(told.cpu.busy - now.cpu.busy) >= much.cores ||
    Math.abs(told.cpu.load - now.cpu.load) >= much.cores ||
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
