/**
 * How far this node trusts its own senses (Lifeguard, 2017, section 4.1): a node that is itself slow or badly connected
 * hears too few answers, and must wait longer before it accuses others.
 */
export interface LocalHealth {
  /** Multiplies the waits of a probe: 1 when all is well. */
  readonly factor: number
  /** A probe was answered in time. */
  better(): void
  /** Answers are missing that a healthy node would have had, or this node was late. */
  worse(by: number): void
}

export function createLocalHealth(max: number): LocalHealth {
  let score = 0
  return {
    get factor() {
      return score + 1
    },
    better: () => void (score = Math.max(0, score - 1)),
    worse: (by) => void (score = Math.min(max, score + Math.max(0, by))),
  }
}
