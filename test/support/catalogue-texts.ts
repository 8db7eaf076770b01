/** A text and where it stands, e.g. `peers.empty.title`; entries of a list are numbered. */
export type Placed = readonly [path: string, text: string]

/** Every text of a catalogue with its place. */
export const textsOf = (catalogue: object, path = ''): Placed[] =>
  Object.entries(catalogue).flatMap(([key, inner]: [string, unknown]): Placed[] =>
    typeof inner === 'object' && inner !== null ? textsOf(inner, `${path}${key}.`) : [[`${path}${key}`, String(inner)]],
  )

const sorted = (found: IterableIterator<RegExpMatchArray>) => [...new Set([...found].map(([, name = '']) => name))].toSorted()

/** Names of the blanks in a text: `{{name}}`. */
export const blanksOf = (text: string): string[] => sorted(text.matchAll(/\{\{(\w+)\}\}/gu))

/** Names of the tags in a text: `<b>`. */
export const tagsOf = (text: string): string[] => sorted(text.matchAll(/<\/?(\w+)>/gu))
