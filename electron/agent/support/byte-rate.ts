import type { Clock } from './clock.ts'

/** A limit on bytes per second, shared by whoever takes from it. */
export interface ByteRate {
  /** These bytes have passed; the time to wait before more may, ms, 0 for none. */
  passed(bytes: number): number
}

/** Short waits are not worth a timer: they are added up to this, ms. */
const grain = 5

/** Evens the flow out: who has had more than its share waits until it is due. What was not used is not saved up. */
export function createByteRate({ clock }: { clock: Clock }, bytesPerSecond: number): ByteRate {
  let free = clock.monotonic()
  return {
    passed(bytes) {
      const now = clock.monotonic()
      free = Math.max(free, now) + (bytes / bytesPerSecond) * 1_000
      const wait = free - now
      return wait > grain ? wait : 0
    },
  }
}
