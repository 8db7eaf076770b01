/** Finds settings by what people call them. Pure. */
import { entries, type EntryId, entryIds, type GroupId } from './entries.ts'

/** What an entry can be found by: its title, what is said of it, and other words for it. */
export type TextsOf = (id: EntryId) => readonly string[]

/** As people type it: no matter the case, and without accents. */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()

/** Entries in which every word of the query is found, also as a part of a word, in the order of the screen; all for an empty query. */
export function findEntries(query: string, textsOf: TextsOf): EntryId[] {
  const words = folded(query)
    .split(/\s+/u)
    .filter((word) => word !== '')
  if (words.length === 0) return entryIds
  return entryIds.filter((id) => {
    const text = folded(textsOf(id).join('\n'))
    return words.every((word) => text.includes(word))
  })
}

/** The same by group, in the order of the screen; groups in which nothing was found are left out. */
export function byGroup(ids: readonly EntryId[]): { group: GroupId; ids: EntryId[] }[] {
  const groups = new Map<GroupId, EntryId[]>()
  for (const id of ids) groups.set(entries[id].group, [...(groups.get(entries[id].group) ?? []), id])
  return [...groups].map(([group, found]) => ({ group, ids: found }))
}
