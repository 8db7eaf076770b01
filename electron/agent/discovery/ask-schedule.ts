/**
 * When to ask the network who is there: quickly while somebody looks, else at growing intervals (RFC 6762 section 5.2:
 * from a second, at least doubling, up to an hour). Pure.
 */
const first = 1_000
const factor = 3
const longest = 3_600_000
/** While somebody looks, ms: a killed node is gone from the list within five seconds. */
export const lookingInterval = 750
/** Two times as long as a question in a row of quick ones may be late. */
const quickRow = 5

/** Delay before the next question; `asked` counts those since the beginning, a change of the network or a new place. */
export function nextAsk(asked: number, { looking, verifying }: { looking: boolean; verifying: boolean }): number {
  if (looking || (verifying && asked < quickRow)) return lookingInterval
  return Math.min(longest, first * factor ** Math.min(asked, 20))
}
