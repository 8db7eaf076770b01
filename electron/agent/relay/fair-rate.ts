import type { Clock } from '../support/clock.ts'

/**
 * What a pair may be ahead of its part before it waits, and when it goes on again, ms of the whole rate: shorter waits are
 * not worth a timer, and a timer that is late must not leave the line idle.
 */
const grain = 5
const restart = 2.5
/** A limit that has changed counts after this time at the latest, ms. */
const longestWait = 250

/** One pair's part of a rate that many share. */
export interface Share {
  /** These bytes have passed. True: go on; false: take no more until `resume` is called. */
  passed(bytes: number, resume: () => void): boolean
}

interface Pair {
  /** Bytes that have passed and that its part of the rate has not made up for yet. */
  debt: number
  readonly waiting: (() => void)[]
}

/**
 * Bytes per second for all, shared fairly between pairs, however many connections each has. What has passed is a pair's
 * debt, and the rate pays the debts of all who have one off in equal parts (processor sharing, as in Parekh and Gallager
 * 1993): what one does not need the others have, and who is ahead of its part waits. `bytesPerSecond` gives null for no limit.
 */
export function createFairRate({ clock }: { clock: Clock }, bytesPerSecond: () => number | null): { share: () => Share } {
  /** Pairs that have a debt; those that wait are among them. */
  const indebted = new Set<Pair>()
  let paidAt = clock.monotonic()
  let timer: { due: number; cancel: () => void } | null = null

  /** Pays off what the time since the last call is worth. */
  function pay(rate: number): void {
    const now = clock.monotonic()
    let money = (rate * (now - paidAt)) / 1_000
    paidAt = now
    let left = indebted.size
    for (const pair of [...indebted].toSorted((a, b) => a.debt - b.debt)) {
      const part = Math.min(pair.debt, money / left--)
      pair.debt -= part
      money -= part
      if (pair.debt <= 0 && pair.waiting.length === 0) indebted.delete(pair)
    }
  }

  function review(): void {
    timer?.cancel()
    timer = null
    const rate = bytesPerSecond()
    if (rate !== null) pay(rate)
    for (const pair of [...indebted]) {
      if (rate === null) pair.debt = 0
      if (rate !== null && pair.debt > worth(restart, rate)) continue
      for (const resume of pair.waiting.splice(0)) resume()
      if (pair.debt <= 0) indebted.delete(pair)
    }
    if (rate !== null) wait(rate)
  }

  function wait(rate: number): void {
    const least = Math.min(...[...indebted].filter(({ waiting }) => waiting.length > 0).map(({ debt }) => debt))
    if (least === Infinity) return
    const delay = ((least - worth(restart, rate)) * indebted.size * 1_000) / rate
    const due = clock.monotonic() + Math.min(longestWait, Math.max(1, delay))
    if (timer !== null && timer.due <= due) return
    timer?.cancel()
    timer = { due, cancel: clock.after(due - clock.monotonic(), review) }
  }

  return {
    share() {
      const pair: Pair = { debt: 0, waiting: [] }
      return {
        passed(bytes, resume) {
          const rate = bytesPerSecond()
          if (rate === null) {
            if (indebted.size > 0) review()
            return true
          }
          if (clock.monotonic() - paidAt >= 1) pay(rate)
          const hasRoom = pair.debt <= worth(grain, rate) && pair.waiting.length === 0
          pair.debt += bytes
          indebted.add(pair)
          if (hasRoom) return true
          pair.waiting.push(resume)
          wait(rate)
          return false
        },
      }
    },
  }
}

/** Bytes that pass in so many ms. */
const worth = (ms: number, rate: number): number => (rate * ms) / 1_000
