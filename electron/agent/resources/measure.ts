import type { Resources } from '../../contract/resources.ts'
import type { CpuTimes } from './machine.ts'

/** Share of the time between two readings in which the cores worked, 0 to 1, in steps of a hundredth. */
export function cpuBusy(before: CpuTimes, after: CpuTimes): number {
  const total = after.total - before.total
  if (total <= 0) return 0 // a counter that stood still or started anew
  return Math.min(1, Math.max(0, Math.round(((after.busy - before.busy) / total) * 100) / 100))
}

/** CPU and load that differ by less look the same in a bar on a screen. */
const noticeableShare = 0.05
/** Likewise memory and disk, as a share of their size. */
const noticeableSpace = 0.01

/** Whether a person would see the difference; news of less would travel through the whole mesh for nothing. */
export function differNoticeably(before: Resources, after: Resources): boolean {
  return (
    Math.abs(before.cpu.busy - after.cpu.busy) >= noticeableShare ||
    Math.abs(before.cpu.load - after.cpu.load) >= noticeableShare ||
    spaceDiffers(before.memory, after.memory) ||
    spaceDiffers(before.disk, after.disk) ||
    before.cpu.cores !== after.cpu.cores ||
    JSON.stringify(before.gpus) !== JSON.stringify(after.gpus)
  )
}

function spaceDiffers(before: Resources['disk'], after: Resources['disk']): boolean {
  if (before === null || after === null) return before !== after
  return before.total !== after.total || Math.abs(before.free - after.free) >= after.total * noticeableSpace
}
