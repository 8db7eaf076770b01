import './rows.css'
import { Button } from '@mantine/core'
import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useCalmOrder } from '../../store/use-calm-order.ts'
import { indicesOf } from '../../ui/virtual/rows-in-view.ts'
import { useRowFocus } from '../../ui/virtual/use-row-focus.ts'
import { useRowsInView } from '../../ui/virtual/use-rows-in-view.ts'

interface CalmRowsProps<R extends { id: string }> {
  /** Names the list for those who hear the page. */
  label: string
  rows: readonly R[]
  sort: (rows: readonly R[]) => readonly R[]
  /** What the list shows; another text is another list. */
  of: string
  /** The row whose details are open. */
  selected: string | null
  className: string
  /** A button with the class `row` and this `tabIndex`. */
  draw: (row: R, tabIndex: 0 | -1) => ReactNode
  /** Closes what is open; for the Escape key. */
  onClose: () => void
}

/** Rows of one height. Only those in view are in the page; the order stands still while somebody looks. */
export function CalmRows<R extends { id: string }>({ label, rows, sort, of, selected, className, draw, onClose }: CalmRowsProps<R>) {
  const { t } = useTranslation('peers')
  const byId = useMemo(() => new Map(rows.map((row) => [row.id, row])), [rows])
  const ids = useMemo(() => [...byId.keys()], [byId])
  const { order, fresh, renew, watch } = useCalmOrder({ ids, of, sort: () => sort(rows).map(({ id }) => id) })
  const list = useRef<HTMLDivElement>(null)
  const { range, measure, show } = useRowsInView(list, order.length)
  const { at: active, choose, keys } = useRowFocus({ list, order, initial: selected, measure, show })
  useShown(selected, order, show)
  useReturn(selected, choose)
  if (order.length === 0) return null

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
    else keys.onKeyDown(event)
  }
  return (
    <div className="card rows-card" {...watch}>
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its rows take the focus, one at a time */}
      <div
        className={`rows ${className}`}
        role="grid"
        aria-label={label}
        aria-rowcount={order.length}
        aria-colcount={1}
        ref={list}
        style={{ '--rows': order.length } as CSSProperties}
        {...keys}
        onKeyDown={onKeyDown}
      >
        {indicesOf(range, active).map((at) => {
          const row = byId.get(order[at] ?? '')
          return (
            row && (
              <Place key={row.id} at={at} selected={row.id === selected}>
                {draw(row, at === active ? 0 : -1)}
              </Place>
            )
          )
        })}
      </div>
      <div role="status" className="fresh-rows">
        {fresh > 0 && (
          <>
            <span className="grow">{t('fresh', { count: fresh })}</span>
            <Button variant="subtle" size="compact-sm" onClick={renew}>
              {t('sortAgain')}
            </Button>
          </>
        )}
      </div>
    </div>
  )
}

/** Where a row is among all, for the eye and for a screen reader. */
function Place({ at, selected, children }: { at: number; selected: boolean; children: ReactNode }) {
  return (
    <div role="row" aria-rowindex={at + 1} aria-selected={selected} data-at={at} style={{ '--at': at } as CSSProperties}>
      <div role="gridcell">{children}</div>
    </div>
  )
}

/** A row that an address opens is seen in the list, too. */
function useShown(selected: string | null, order: readonly string[], show: (index: number) => void) {
  const shown = useRef<string | null>(null)
  useEffect(() => {
    const index = selected === null ? -1 : order.indexOf(selected)
    if (index === -1 || shown.current === selected) return
    shown.current = selected
    show(index)
  }, [selected, order, show])
}

/** When its details are closed from within, the focus goes back to the row that opened them. */
function useReturn(selected: string | null, choose: (id: string) => void) {
  const before = useRef(selected)
  useEffect(() => {
    const closed = selected === null ? before.current : null
    before.current = selected
    if (closed !== null && document.activeElement === document.body) choose(closed)
  }, [selected, choose])
}
