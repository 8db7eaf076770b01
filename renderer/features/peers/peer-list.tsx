import { Button, Select } from '@mantine/core'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSnapshot } from '../../store/app-context.ts'
import { meshesByAge } from '../../store/node-summary.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { countsOf, type Filter, filters, fitsFilter, fitsMesh, rowsOf, searchFor } from './peer-filter.ts'
import { PeerRows } from './peer-rows.tsx'
import { SortMenu } from './sort-menu.tsx'
import { useSort } from './use-sort.ts'

/** Search, filters and rows. */
export function PeerList({ selected }: { selected: string | null }) {
  const { t } = useTranslation('peers')
  const [search, setSearch] = useState('')
  const [filter, setFilter] = useState<Filter>('all')
  const [mesh, setMesh] = useState<string | null>(null)
  const [sort, setSort] = useSort()
  const wanted = useDeferredValue(search)
  const peers = useSnapshot((snapshot) => snapshot.peers)
  const requests = useSnapshot((snapshot) => snapshot.requests)
  const joins = useSnapshot((snapshot) => snapshot.joins)
  const rows = useMemo(() => rowsOf({ peers, requests, joins }).filter((row) => fitsMesh(row, mesh)), [peers, requests, joins, mesh])
  const counts = useMemo(() => countsOf(rows), [rows])
  const shown = useMemo(() => {
    const fits = searchFor(wanted)
    return rows.filter((row) => fitsFilter(row, filter) && fits(row))
  }, [rows, filter, wanted])
  const clear = () => {
    setSearch('')
    setFilter('all')
    setMesh(null)
  }
  return (
    <>
      <div className="toolbar">
        <SearchField className="grow" label={t('search')} hint={t('searchHint')} text={search} onChange={setSearch} />
        <MeshChoice mesh={mesh} onMesh={setMesh} />
      </div>
      <div className="filters">
        <Filters counts={counts} filter={filter} onFilter={setFilter} />
        <SortMenu sort={sort} onSort={setSort} />
      </div>
      <PeerRows rows={shown} sort={sort} of={JSON.stringify([wanted, filter, mesh, sort])} selected={selected} />
      <div role="status">
        {shown.length === 0 && (
          <div className="card none-fits">
            <p className="hint">{t('noneFits')}</p>
            <Button variant="default" size="compact-sm" onClick={clear}>
              {t('showAll')}
            </Button>
          </div>
        )}
      </div>
    </>
  )
}

/** One of several meshes; nothing where there is no choice. */
function MeshChoice({ mesh, onMesh }: { mesh: string | null; onMesh: (mesh: string | null) => void }) {
  const { t } = useTranslation('peers')
  const meshes = useSnapshot(meshesByAge)
  if (meshes.length < 2) return null
  return (
    <Select
      className="mesh-choice"
      data={[{ value: '', label: t('allMeshes') }, ...meshes.map(({ id, name }) => ({ value: id, label: name }))]}
      value={mesh ?? ''}
      onChange={(chosen) => onMesh(chosen === '' ? null : chosen)}
      allowDeselect={false}
      aria-label={t('mesh')}
    />
  )
}

function Filters({ counts, filter, onFilter }: { counts: Record<Filter, number>; filter: Filter; onFilter: (filter: Filter) => void }) {
  const { t } = useTranslation('peers')
  return (
    <div className="filter-row grow" role="group" aria-label={t('filterByState')}>
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
