/** How busy the processor has been lately: a compiler that runs for ten seconds is no reason to stop sharing. */
export interface LoadAverage {
  /** A measurement: the share of the cores that worked, 0 to 1, at a monotonic time in ms. */
  add(busy: number, at: number): void
  /** 0 to 100; null before the first measurement. */
  percent(): number | null
  forget(): void
}

/** A change shows by two thirds after this, ms. */
const memory = 30_000

export function createLoadAverage(): LoadAverage {
  let average: { busy: number; at: number } | null = null
  return {
    add(busy, at) {
      const kept = average === null ? 0 : Math.exp(-Math.max(0, at - average.at) / memory)
      average = { busy: (average?.busy ?? busy) * kept + busy * (1 - kept), at }
    },
    percent: () => (average === null ? null : average.busy * 100),
    forget: () => void (average = null),
  }
}
