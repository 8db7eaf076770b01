/** The list with one entry a place earlier or later; the same list where there is no such place. */
export function moved(list: readonly string[], entry: string, by: -1 | 1): readonly string[] {
  const from = list.indexOf(entry)
  const to = from + by
  if (from < 0 || to < 0 || to >= list.length) return list
  const rest = list.filter((each) => each !== entry)
  return [...rest.slice(0, to), entry, ...rest.slice(to)]
}
