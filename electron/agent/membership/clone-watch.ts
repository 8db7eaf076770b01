/**
 * Whether two machines run with one key, as a pure function over the instances of a node that were seen. Each start of a
 * node has an instance id of its own. A node that was started again shows a new one and never the old one; only where two
 * run at the same time, an instance returns after another one was seen.
 */

/** Random bytes of an instance id. */
export const instanceBytes = 16

/**
 * An instance counts as returned when it is seen so long (ms) after the other one appeared. Messages of a process that has
 * ended can be handled late, all at once, when the receiver was asleep.
 */
export const settleTime = 5_000
/** Instances of one node that are remembered; those not seen for longest are forgotten. */
const maxInstances = 8

interface Sighting {
  readonly instance: string
  /** Monotonic time, ms. */
  readonly first: number
  readonly last: number
}

/** Instances of one node, longest unseen first. */
export type Sightings = readonly Sighting[]

/** Takes in that `instance` was seen at the monotonic time `at` (ms). `returned`: another one was there in between. */
export function nextSightings(
  sightings: Sightings,
  { instance, at }: { instance: string; at: number },
): { sightings: Sightings; returned: boolean } {
  const before = sightings.find((each) => each.instance === instance)
  const others = sightings.filter((each) => each !== before)
  const returned = before !== undefined && others.some(({ first }) => first > before.first && at - first >= settleTime)
  const seen = { instance, first: before?.first ?? at, last: at }
  return { sightings: [...others, seen].slice(-maxInstances), returned }
}
