import type { Clock } from '../support/clock.ts'

/** Short waits are not worth a timer: they are added up to this, ms. */
const grain = 5

/** One pair's part of a rate that many share. */
export interface Share {
  /** These bytes have passed. True: go on; false: take no more until `resume` is called. */
  passed(bytes: number, resume: () => void): boolean
}

interface Pair {
  readonly waiting: { bytes: number; resume: () => void }[]
}

/**
 * Bytes per second for all, shared fairly: while there is room nobody waits; while there is none, those who have passed
 * something on wait, and pairs are let go on in turn (round robin, as in Shreedhar and Varghese 1996 with pieces of about
 * one size), however many connections each has. `bytesPerSecond` gives null for no limit.
 */
export function createFairRate({ clock }: { clock: Clock }, bytesPerSecond: () => number | null): { share: () => Share } {
  /** When everything that has passed would have, at the rate. */
  let due = clock.monotonic()
  const turns: Pair[] = []
  let isTimed = false

  const hasRoom = () => due - clock.monotonic() <= grain

  function charge(bytes: number): void {
    const rate = bytesPerSecond()
    if (rate !== null) due = Math.max(due, clock.monotonic()) + (bytes / rate) * 1_000
  }

  function letOn(): void {
    isTimed = false
    while (hasRoom()) {
      const pair = turns.shift()
      const next = pair?.waiting.shift()
      if (!pair || !next) return
      if (pair.waiting.length > 0) turns.push(pair)
      charge(next.bytes)
      next.resume()
    }
    wait()
  }

  function wait(): void {
    if (isTimed || turns.length === 0) return
    isTimed = true
    clock.after(Math.max(1, due - clock.monotonic()), letOn)
  }

  return {
    share() {
      const pair: Pair = { waiting: [] }
      return {
        passed(bytes, resume) {
          if (bytesPerSecond() === null && turns.length === 0) return true
          if (turns.length === 0 && hasRoom()) {
            charge(bytes)
            return true
          }
          if (pair.waiting.push({ bytes, resume }) === 1) turns.push(pair)
          wait()
          return false
        },
      }
    },
  }
}
