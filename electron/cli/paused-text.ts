import { momentText, untilText } from '../agent/support/until-text.ts'
import type { PausedView, PausedWhy } from '../contract/sharing.ts'

/** `until 10:30, 49 min left`, or the command that ends it. */
export const pauseEnd = (until: number | null, now: number): string => (until === null ? 'until “fcn resume”' : untilText(until, now))

const reasons: Record<Exclude<PausedWhy, 'person' | 'hours'>, string> = {
  in_use: 'paused while somebody uses this computer',
  battery: 'paused while this computer runs on battery',
  disk: 'paused while too little of the disk is free',
  processor: 'paused while the processor is busy',
  memory: 'paused while too little memory is free',
}

/** Why a capability is paused, and until when where that is known. */
export function pausedText({ why, until }: PausedView, now: number): string {
  if (why === 'person') return `paused ${pauseEnd(until, now)}`
  if (why === 'hours') return until === null ? 'paused outside its hours' : `paused until ${momentText(until, now)}`
  return reasons[why]
}
