import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useDialogs, useSnapshot } from '../../store/app-context.ts'
import { useKeptOrder } from '../../store/use-kept-order.ts'
import { useNow } from '../../store/use-now.ts'
import { buttonIcon } from '../../ui/icons.ts'
import { countsOf, type Filter, filters, fitsFilter, fitsSearch, rowsOf } from './peer-filter.ts'
import { PeerRow, RequestRow } from './peer-row.tsx'

/** Search, filters and rows. The order stands still while the pointer or the focus is inside the list. */
export function PeerList({ selected }: { selected: string | null }) {
  const { t } = useTranslation('peers')
  const [search, setSearch] = useState('')
  const [filter, setFilter] = useState<Filter>('all')
  const wanted = useDeferredValue(search)
  const peers = useSnapshot((snapshot) => snapshot.peers)
  const requests = useSnapshot((snapshot) => snapshot.requests)
  const rows = useMemo(() => rowsOf(peers, requests), [peers, requests])
  const shown = useMemo(() => rows.filter((row) => fitsFilter(row, filter) && fitsSearch(row, wanted)), [rows, filter, wanted])
  return (
    <>
      <div className="toolbar">
        <TextInput
          className="grow"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          placeholder={t('searchHint')}
          aria-label={t('search')}
          leftSection={<IconSearch {...buttonIcon} />}
        />
      </div>
      <Filters counts={countsOf(rows)} filter={filter} onFilter={setFilter} />
      <Rows rows={shown} selected={selected} />
    </>
  )
}

function Filters({ counts, filter, onFilter }: { counts: Record<Filter, number>; filter: Filter; onFilter: (filter: Filter) => void }) {
  const { t } = useTranslation('peers')
  return (
    <div className="filters" role="group" aria-label={t('filterByState')}>
      {filters
        .filter((name) => name === 'all' || name === filter || counts[name] > 0)
        .map((name) => (
          <button key={name} type="button" className="filter" aria-pressed={name === filter} onClick={() => onFilter(name)}>
            {t(`filter.${name}`)} <span className="num">{counts[name]}</span>
          </button>
        ))}
    </div>
  )
}

function Rows({ rows, selected }: { rows: ReturnType<typeof rowsOf>; selected: string | null }) {
  const { t } = useTranslation('peers')
  const now = useNow()
  const [, navigate] = useLocation()
  const { open } = useDialogs()
  const { order, watch } = useKeptOrder(rows.map(({ id }) => id))
  const byId = new Map(rows.map((row) => [row.id, row]))
  return (
    <div className="card peer-list">
      <ul aria-label={t('title')} onKeyDown={moveFocus} {...watch}>
        {order.map((id) => {
          const row = byId.get(id)
          if (row === undefined) return null
          return (
            <li key={id}>
              {row.kind === 'peer' ? (
                <PeerRow
                  peer={row.peer}
                  now={now}
                  selected={id === selected}
                  onOpen={() => navigate(id === selected ? '/peers' : `/peers/${encodeURIComponent(id)}`)}
                />
              ) : (
                <RequestRow request={row.request} onOpen={() => open({ kind: 'approve', requestId: row.request.id })} />
              )}
            </li>
          )
        })}
      </ul>
      {rows.length === 0 && (
        <p className="hint" style={{ padding: 16 }} role="status">
          {t('noneFits')}
        </p>
      )}
    </div>
  )
}

/** Arrow keys, Home and End move between rows. */
function moveFocus(event: KeyboardEvent<HTMLUListElement>) {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('button')]
  const at = rows.indexOf(document.activeElement as HTMLElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
  if (to === undefined || at === -1) return
  event.preventDefault()
  rows[Math.min(rows.length - 1, Math.max(0, to))]?.focus()
}
