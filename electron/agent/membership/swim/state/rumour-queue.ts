/**
 * What is still to be told to others. Each rumour goes out a limited number of times, the least told first; one about
 * the same thing replaces the older. Bounded: when full, what was told most gives way.
 */
import type { Rumour } from '../messages.ts'

interface Waiting {
  readonly key: string
  readonly rumour: Rumour
  /** Characters of its JSON, with the comma. */
  readonly size: number
  /** Monotonic time after which it is no news any more. */
  readonly until: number
}

export interface RumourQueue {
  readonly size: number
  add(rumour: Rumour, until?: number): void
  /** Takes back what was said about `node` in rumours of this kind. */
  drop(kind: Rumour['kind'], node: string): void
  dropAll(kind: Rumour['kind']): void
  /** Rumours for one message of at most `budget` characters; each counts as told once and is told `limit` times at most. */
  take(budget: number, { limit, now }: { limit: number; now: number }): Rumour[]
}

export function nodeOf(rumour: Rumour): string {
  return rumour.kind === 'statement' ? rumour.statement.node : rumour.node
}

const keyOf = (rumour: Rumour) => `${rumour.kind} ${nodeOf(rumour)}`

export function createRumourQueue(most: number): RumourQueue {
  /** By how often they were told. */
  const levels: Map<string, Waiting>[] = [new Map()]
  let size = 0

  function remove(key: string): void {
    for (const level of levels) if (level.delete(key)) size--
  }

  function shed(): void {
    const level = levels.findLast((level) => level.size > 0)
    const [key] = level?.keys() ?? []
    if (key !== undefined) remove(key)
  }

  return {
    get size() {
      return size
    },
    add(rumour, until = Infinity) {
      const key = keyOf(rumour)
      remove(key)
      if (size >= most) shed()
      levels[0]?.set(key, { key, rumour, size: JSON.stringify(rumour).length + 1, until })
      size++
    },
    drop: (kind, node) => remove(`${kind} ${node}`),
    dropAll(kind) {
      for (const level of levels) for (const { key, rumour } of level.values()) if (rumour.kind === kind) remove(key)
    },
    take(budget, { limit, now }) {
      const taken: { waiting: Waiting; told: number }[] = []
      let room = budget
      let misfits = 0
      for (const [told, level] of levels.entries()) {
        for (const waiting of level.values()) {
          if (misfits === maxMisfits) break
          if (waiting.until < now || told >= limit) remove(waiting.key)
          else if (waiting.size <= room) {
            room -= waiting.size
            level.delete(waiting.key)
            taken.push({ waiting, told: told + 1 })
          } else misfits++
        }
      }
      for (const { waiting, told } of taken) {
        if (told >= limit) size--
        else (levels[told] ??= new Map()).set(waiting.key, waiting)
      }
      return taken.map(({ waiting }) => waiting.rumour)
    },
  }
}

/** After so many that do not fit any more, a message counts as full. */
const maxMisfits = 4
