/** When a capability is shared, from what the user chose. Pure. */
import { defaultConditions, sharingConditions, type SharingConditions } from '../contract/sharing.ts'

/** Only what differs from the usual by the user's choice, so that what was not chosen follows the usual. */
export type ChosenConditions = Partial<SharingConditions>

export const conditionsFrom = (chosen: ChosenConditions): SharingConditions => ({ ...defaultConditions, ...chosen })

/** What is chosen after a change; null takes every choice back. */
export function chosenConditions(chosen: ChosenConditions, change: ChosenConditions | null | undefined): ChosenConditions {
  if (change === undefined) return chosen
  const next = change === null ? {} : { ...chosen, ...change }
  const isUsual = (name: keyof SharingConditions) => next[name] === undefined || next[name] === defaultConditions[name]
  return Object.fromEntries(Object.entries(next).filter(([name]) => !isUsual(name as keyof SharingConditions)))
}

/** As they are kept in a column; null when nothing was chosen. */
export const keptConditions = (chosen: ChosenConditions): string | null =>
  Object.keys(chosen).length === 0 ? null : JSON.stringify(chosen)

/** The other way round. Throws when the column holds something else. */
export const conditionsKept = (column: string | null): ChosenConditions =>
  column === null ? {} : sharingConditions.partial().parse(JSON.parse(column))
