import { useState } from 'react'
import { keepOrder } from './kept-order.ts'
import { useLooking } from './use-looking.ts'
import { useNow } from './use-now.ts'

/** How long an order stands even while nobody points at the list: what a measure ranks would not stand still otherwise, ms. */
const standsFor = 5_000

interface CalmOrderOptions {
  /** What belongs into the list now. */
  ids: readonly string[]
  /** Puts them into the order that is wanted; asked only when the order is made anew. */
  sort: (ids: readonly string[]) => readonly string[]
  /** What the list shows (filter, search, sort). Another text is another list, in its own order at once. */
  of: string
}

interface Kept {
  of: string
  at: number
  order: readonly string[]
  /** What was there when the order was made. */
  known: ReadonlySet<string>
}

/**
 * An order that does not jump: it is made anew every few seconds, and not at all while the pointer or the focus is in the
 * list. Meanwhile what is new goes to the end; `fresh` says how many that are while somebody looks, and `renew` puts them
 * into their places. Spread `watch` on the list's element.
 */
export function useCalmOrder({ ids, sort, of }: CalmOrderOptions) {
  const { looking, watch } = useLooking()
  const due = useNow(standsFor)
  const [kept, setKept] = useState<Kept>({ of, at: -1, order: [], known: new Set() })
  const anew = kept.of !== of || kept.at === -1 || (!looking && kept.at !== due)
  const next = anew ? sort(ids) : keepOrder(kept.order, ids)
  const order = sameOrder(kept.order, next) ? kept.order : next
  // Derived state: React renders again at once, before anything is painted.
  if (anew) setKept({ of, at: due, order, known: new Set(order) })
  else if (order !== kept.order) setKept({ ...kept, order })
  return {
    order,
    fresh: looking ? order.reduce((count, id) => (kept.known.has(id) ? count : count + 1), 0) : 0,
    renew: () => setKept((now) => ({ ...now, at: -1 })),
    watch,
  }
}

const sameOrder = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((id, i) => id === b[i])
