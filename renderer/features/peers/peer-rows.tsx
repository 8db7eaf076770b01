import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { CalmRows } from '../../shell/rows/calm-rows.tsx'
import { useDialogs } from '../../store/app-context.ts'
import { useNow } from '../../store/use-now.ts'
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

/** The rows of the list: peers, those who ask to become one, and joins of this node. */
export function PeerRows({ rows, sort, of, selected }: PeerRowsProps) {
  const { t } = useTranslation('peers')
  const now = useNow()
  const { toggle, review, join, close } = useOpening(selected)
  const draw = (row: Row, tabIndex: 0 | -1) => {
    switch (row.kind) {
      case 'peer':
        return <PeerRow peer={row.peer} now={now} open={row.id === selected} tabIndex={tabIndex} onOpen={toggle} />
      case 'request':
        return <RequestRow request={row.request} tabIndex={tabIndex} onOpen={review} />
      case 'join':
        return <JoinRow join={row.join} tabIndex={tabIndex} onOpen={join} />
    }
  }
  return (
    <CalmRows
      label={t('title')}
      rows={rows}
      sort={(all) => sorted(all, sort)}
      of={of}
      selected={selected}
      className="peer-rows"
      draw={draw}
      onClose={close}
    />
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
