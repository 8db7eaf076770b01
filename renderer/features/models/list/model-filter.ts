/** Which models the list shows, and in which order. Pure. */
import type { AiView, ModelView } from '../../../../electron/contract/ai.ts'
import { firstToBeHad, modelStanding } from './model-standing.ts'

/** A model with the user’s own names that lead to it now. */
export interface ModelRow {
  /** Its name, which is unique. */
  id: string
  model: ModelView
  aliases: readonly string[]
}

export function rowsOf({ models, aliases }: Pick<AiView, 'models' | 'aliases'>): ModelRow[] {
  const led = Object.entries(aliases).map(([alias, names]) => ({ alias, to: firstToBeHad(names, models) }))
  return models.map((model) => ({
    id: model.name,
    model,
    aliases: led.flatMap(({ alias, to }) => (to === model ? [alias] : [])),
  }))
}

/** `loaded` now, somewhere · what it is for · `away`: nobody would be asked. */
export const filters = ['all', 'loaded', 'chat', 'tools', 'vision', 'embedding', 'away'] as const
export type Filter = (typeof filters)[number]

export function fitsFilter({ model }: ModelRow, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'loaded':
      return modelStanding(model)?.standing === 'loaded'
    case 'away':
      return (modelStanding(model)?.usable ?? 0) === 0
    default:
      return model.uses.includes(filter)
  }
}

export const countsOf = (rows: readonly ModelRow[]): Record<Filter, number> =>
  Object.fromEntries(filters.map((filter) => [filter, rows.filter((row) => fitsFilter(row, filter)).length])) as Record<Filter, number>

/** The test of a search: whether every word of it is somewhere in the row: names, size, what it is for, where it is. */
export function searchFor(search: string): (row: ModelRow) => boolean {
  const words = search.toLowerCase().split(/\s+/u).filter(Boolean)
  return (row) => {
    const text = textOf(row).toLowerCase()
    return words.every((word) => text.includes(word))
  }
}

const textOf = ({ model: { name, parameters, quantization, uses, places }, aliases }: ModelRow) =>
  [name, parameters ?? '', quantization ?? '', ...uses, ...aliases, ...places.map(({ node }) => node.name)].join(' ')

/** "llama3:8b" before "llama3:70b". */
const names = new Intl.Collator(undefined, { numeric: true })

/** What is to be had first; by name where that is equal. */
export const sorted = (rows: readonly ModelRow[]): ModelRow[] =>
  rows.toSorted(
    (a, b) => Number(fitsFilter(a, 'away')) - Number(fitsFilter(b, 'away')) || names.compare(a.id, b.id) || (a.id < b.id ? -1 : 1),
  )
