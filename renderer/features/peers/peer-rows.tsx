import { Button } from '@mantine/core'
import { type CSSProperties, type KeyboardEvent, type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useDialogs } from '../../store/app-context.ts'
import { useCalmOrder } from '../../store/use-calm-order.ts'
import { useNow } from '../../store/use-now.ts'
import { indicesOf } from '../../ui/virtual/rows-in-view.ts'
import { useRowFocus } from '../../ui/virtual/use-row-focus.ts'
import { useRowsInView } from '../../ui/virtual/use-rows-in-view.ts'
import type { Row } from './peer-filter.ts'
import { JoinRow } from './join-row.tsx'
import { PeerRow, RequestRow } from './peer-row.tsx'
import { type Sort, sorted } from './peer-sort.ts'

interface PeerRowsProps {
  rows: readonly Row[]
  sort: Sort
  /** What the list shows; another text is another list. */
  of: string
  selected: string | null
}

/** The rows of the list. Only those in view are in the page; the order stands still while somebody looks. */
export function PeerRows({ rows, sort, of, selected }: PeerRowsProps) {
  const { t } = useTranslation('peers')
  const now = useNow()
  const byId = useMemo(() => new Map(rows.map((row) => [row.id, row])), [rows])
  const ids = useMemo(() => [...byId.keys()], [byId])
  const { order, fresh, renew, watch } = useCalmOrder({ ids, of, sort: () => sorted(rows, sort).map(({ id }) => id) })
  const list = useRef<HTMLDivElement>(null)
  const { range, measure, show } = useRowsInView(list, order.length)
  const { at: active, choose, keys } = useRowFocus({ list, order, initial: selected, measure, show })
  const { toggle, review, join, close } = useOpening(selected)
  useShown(selected, order, show)
  useReturn(selected, choose)
  if (order.length === 0) return null

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close()
    else keys.onKeyDown(event)
  }
  return (
    <div className="card peer-list" {...watch}>
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its rows take the focus, one at a time */}
      <div
        className="peer-rows"
        role="grid"
        aria-label={t('title')}
        aria-rowcount={order.length}
        aria-colcount={1}
        ref={list}
        style={{ '--rows': order.length } as CSSProperties}
        {...keys}
        onKeyDown={onKeyDown}
      >
        {indicesOf(range, active).map((at) => {
          const row = byId.get(order[at] ?? '')
          if (row === undefined) return null
          const tabIndex = at === active ? 0 : -1
          return (
            <Place key={row.id} at={at} selected={row.id === selected}>
              {row.kind === 'peer' ? (
                <PeerRow peer={row.peer} now={now} open={row.id === selected} tabIndex={tabIndex} onOpen={toggle} />
              ) : row.kind === 'request' ? (
                <RequestRow request={row.request} tabIndex={tabIndex} onOpen={review} />
              ) : (
                <JoinRow join={row.join} tabIndex={tabIndex} onOpen={join} />
              )}
            </Place>
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

/** What opens from the list. The functions stay the same while the same peer is open: rows need not be drawn again. */
function useOpening(selected: string | null) {
  const [, navigate] = useLocation()
  const { open } = useDialogs()
  return {
    toggle: useCallback((id: string) => navigate(id === selected ? '/peers' : `/peers/${encodeURIComponent(id)}`), [navigate, selected]),
    review: useCallback((requestId: string) => open({ kind: 'approve', requestId }), [open]),
    join: useCallback((joinId: string) => open({ kind: 'join', joinId }), [open]),
    close: () => selected !== null && navigate('/peers'),
  }
}

/** A peer that an address opens is seen in the list, too. */
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
