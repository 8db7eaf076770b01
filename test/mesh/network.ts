/** The network between simulated nodes: delays, loss, doubles, and links that are cut in one direction or both. */
import type { Random } from '../../electron/agent/support/random.ts'

export interface Conditions {
  /** Median one-way delay, ms, and the spread of its logarithm: 1 gives a long tail. */
  delay: number
  spread: number
  /** Part of the messages that is lost. */
  loss: number
  /** Part of the messages that arrives twice. */
  duplicate: number
}

/** Pause before a lost segment of a reliable exchange is sent again, ms; doubles each time (RFC 6298, least on Linux). */
const retransmission = 200

export function createNetwork(first: Conditions, random: Random) {
  let conditions = first
  /** Side of a partition per node; nothing passes between sides. */
  let sides: readonly number[] | null = null
  const cut = new Set<string>()
  const deaf = new Set<number>()

  /** Log-normal, by Box and Muller. */
  function delay(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - random.fraction()))
    return conditions.delay * Math.exp(conditions.spread * radius * Math.cos(2 * Math.PI * random.fraction()))
  }

  const passes = (from: number, to: number) =>
    (sides === null || sides[from] === sides[to]) && !deaf.has(to) && (cut.size === 0 || !cut.has(`${from}>${to}`))

  return {
    passes,
    /** Whether they can hear of each other at all, if only through others. */
    connected: (a: number, b: number) => (sides === null || sides[a] === sides[b]) && !deaf.has(a) && !deaf.has(b),
    set: (change: Partial<Conditions>) => void (conditions = { ...conditions, ...change }),
    split: (groups: readonly number[] | null) => void (sides = groups),
    cut: (from: number, to: number) => void cut.add(`${from}>${to}`),
    mend(): void {
      cut.clear()
      deaf.clear()
    },
    deafen: (node: number) => void deaf.add(node),
    /** Delays after which a message arrives: none when it is lost, two when it is doubled. */
    arrivals(from: number, to: number): number[] {
      if (!passes(from, to) || random.fraction() < conditions.loss) return []
      return random.fraction() < conditions.duplicate ? [delay(), delay()] : [delay()]
    },
    /** Delay of one direction of a reliable exchange, retransmissions included; null when nothing passes. */
    reliable(from: number, to: number): number | null {
      if (!passes(from, to) || !passes(to, from)) return null
      let total = delay()
      for (let wait = retransmission; random.fraction() < conditions.loss; wait *= 2) total += wait
      return total
    },
  }
}
