import { type FocusEvent, type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { type ListGeometry, rowAfterKey } from './rows-in-view.ts'

interface RowFocusOptions {
  /** The element that holds the rows; each row has its place in `data-at` and one button. */
  list: RefObject<HTMLElement | null>
  /** Ids of all rows, drawn or not. */
  order: readonly string[]
  /** The row that the tab key leads to at first; null: the first. */
  initial: string | null
  measure: () => ListGeometry
  show: (index: number) => void
}

/**
 * One stop of the tab key for a whole list: arrow keys, Home, End and the page keys lead from row to row, drawn or not. When
 * the row that has the focus goes, its neighbour gets it. Draw the row `at` wherever it is, and spread `keys` on the list.
 */
export function useRowFocus({ list, order, initial, measure, show }: RowFocusOptions) {
  const [chosen, setChosen] = useState({ id: initial, index: 0 })
  const found = chosen.id === null ? -1 : order.indexOf(chosen.id)
  const at = found === -1 ? Math.min(chosen.index, order.length - 1) : found
  /** Set until the row that shall have the focus is drawn. */
  const wanted = useRef(false)
  /** What has the focus here, to notice when it goes with its row. */
  const held = useRef<Element | null>(null)

  useLayoutEffect(() => {
    const nobody = document.activeElement === null || document.activeElement === document.body
    const lost = held.current !== null && !held.current.isConnected
    if (lost) held.current = null
    if (!wanted.current && !(lost && nobody)) return
    wanted.current = false
    list.current?.querySelector<HTMLElement>(`[data-at="${at}"] button`)?.focus({ preventScroll: true })
  })

  const choose = (index: number) => {
    const id = order[index]
    if (id === undefined) return
    wanted.current = true
    // a new object each time: the row may have lost the focus and be chosen again
    setChosen({ id, index })
    show(index)
  }

  return {
    at,
    /** Gives the focus to a row. */
    choose: (id: string) => choose(order.indexOf(id)),
    keys: {
      onKeyDown(event: KeyboardEvent) {
        if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
        const to = rowAfterKey(event.key, at, measure())
        if (to === null) return
        event.preventDefault()
        choose(to)
      },
      onFocus({ target }: FocusEvent) {
        held.current = target
        const index = Number(target.closest('[data-at]')?.getAttribute('data-at') ?? Number.NaN)
        const id = order[index]
        if (id !== undefined && id !== chosen.id) setChosen({ id, index })
      },
      onBlur({ relatedTarget }: FocusEvent) {
        if (relatedTarget !== null) held.current = null
      },
    },
  }
}
