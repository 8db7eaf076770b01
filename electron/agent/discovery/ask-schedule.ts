/**
 * When to ask the network who is there: quickly while somebody looks, else at growing intervals (RFC 6762 section 5.2:
 * from a second, at least doubling, up to an hour). Pure.
 */
const first = 1_000
const factor = 3
const longest = 3_600_000
/** While somebody looks, ms: seldom enough for a quiet network, where every answer arrives. */
const quick = 750
/** After a question that left a known place without answer, ms: eight of them are over within five seconds. */
const hurried = 350
/** Questions until a place that does not answer is gone (`maxUnanswered` in sightings.ts), and the one that drops it. */
const quickRow = 9

export interface AskState {
  looking: boolean
  verifying: boolean
}

/**
 * Delay before the next question; `asked` counts those since the beginning, a change of the network or a new place.
 * `hurried`, where it is not null, is the delay when a known place has not answered by then.
 */
export function nextAsk(asked: number, { looking, verifying }: AskState): { delay: number; hurried: number | null } {
  if (looking || (verifying && asked < quickRow)) return { delay: quick, hurried }
  return { delay: Math.min(longest, first * factor ** Math.min(asked, 20)), hurried: null }
}
