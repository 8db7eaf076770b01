/**
 * The order of a list while somebody looks at it: what was there keeps its place, what is gone leaves, what is new goes
 * to the end. Once nobody looks, pass an empty `before` and the wanted order comes back.
 */
export function keepOrder<T>(before: readonly T[], wanted: readonly T[]): T[] {
  const there = new Set(wanted)
  const kept = before.filter((entry) => there.has(entry))
  const known = new Set(kept)
  return [...kept, ...wanted.filter((entry) => !known.has(entry))]
}
