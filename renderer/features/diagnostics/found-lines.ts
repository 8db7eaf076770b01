/** Where a text occurs in a line, no matter the case: pieces in order, those that fit marked. Pure. */
export function pieces(line: string, wanted: string): { text: string; fits: boolean }[] {
  if (wanted === '') return [{ text: line, fits: false }]
  const found: { text: string; fits: boolean }[] = []
  const [low, search] = [line.toLowerCase(), wanted.toLowerCase()]
  // lower case may be longer than what was written: then places would not fit
  if (low.length !== line.length) return [{ text: line, fits: low.includes(search) }]
  let from = 0
  for (let at = low.indexOf(search); at !== -1; at = low.indexOf(search, from)) {
    if (at > from) found.push({ text: line.slice(from, at), fits: false })
    from = at + search.length
    found.push({ text: line.slice(at, from), fits: true })
  }
  if (from < line.length || found.length === 0) found.push({ text: line.slice(from), fits: false })
  return found
}

/** How many of the lines have the text. */
export const countFound = (text: string, wanted: string): number =>
  wanted === '' ? 0 : text.split('\n').filter((line) => line.toLowerCase().includes(wanted.toLowerCase())).length
