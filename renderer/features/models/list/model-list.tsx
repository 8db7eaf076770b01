import { Button } from '@mantine/core'
import { useCallback, useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { useFormat } from '../../../i18n/use-format.ts'
import { CalmRows } from '../../../shell/rows/calm-rows.tsx'
import { useLostAt, useSnapshot } from '../../../store/app-context.ts'
import { Notice } from '../../../ui/notice.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import { modelPath } from '../model-path.ts'
import { countsOf, type Filter, filters, fitsFilter, type ModelRow as Row, rowsOf, searchFor, sorted } from './model-filter.ts'
import { ModelRow } from './model-row.tsx'

/** Search, filters and rows. */
export function ModelList({ selected }: { selected: string | null }) {
  const { t } = useTranslation('models')
  const [, navigate] = useLocation()
  const [search, setSearch] = useState('')
  const [filter, setFilter] = useState<Filter>('all')
  const wanted = useDeferredValue(search)
  const models = useSnapshot(({ ai }) => ai.models)
  const aliases = useSnapshot(({ ai }) => ai.aliases)
  const lost = useLostAt() !== null
  const rows = useMemo(() => rowsOf({ models, aliases }), [models, aliases])
  const counts = useMemo(() => countsOf(rows), [rows])
  const shown = useMemo(() => {
    const fits = searchFor(wanted)
    return rows.filter((row) => fitsFilter(row, filter) && fits(row))
  }, [rows, filter, wanted])
  // stays the same while the same model is open: rows need not be drawn again
  const toggle = useCallback((name: string) => navigate(name === selected ? '/models' : modelPath(name)), [navigate, selected])
  const draw = (row: Row, tabIndex: 0 | -1) => <ModelRow row={row} open={row.id === selected} tabIndex={tabIndex} onOpen={toggle} />
  const close = () => selected !== null && navigate('/models')
  return (
    <>
      <EnginesDown />
      <SearchField label={t('search')} hint={t('searchHint')} text={search} onChange={setSearch} />
      <div className="filter-row" role="group" aria-label={t('filterBy')}>
        {filters
          .filter((name) => name === 'all' || name === filter || counts[name] > 0)
          .map((name) => (
            <button key={name} type="button" className="filter" aria-pressed={name === filter} onClick={() => setFilter(name)}>
              {t(`filter.${name}`)} <span className="num">{counts[name]}</span>
            </button>
          ))}
      </div>
      <div className="model-list" data-stale={lost || undefined}>
        <CalmRows
          label={t('title')}
          rows={shown}
          sort={sorted}
          of={JSON.stringify([wanted, filter])}
          selected={selected}
          className="model-rows"
          draw={draw}
          onClose={close}
        />
      </div>
      <div role="status">
        {shown.length === 0 && (
          <div className="card none-fits">
            <p className="hint">{t('noneFits')}</p>
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => {
                setSearch('')
                setFilter('all')
              }}
            >
              {t('showAll')}
            </Button>
          </div>
        )}
      </div>
    </>
  )
}

/** Models are missing here while an engine of this computer does not work. */
function EnginesDown() {
  const { t } = useTranslation('models')
  const format = useFormat()
  const down = useSnapshot(({ ai }) => ai.engines.filter(({ state }) => state === 'problem'))
  if (down.length === 0) return null
  return (
    <Notice title={t('enginesDown', { list: format.list(down.map(({ name }) => name)) })}>
      <Link href="/capabilities/ai">{t('empty.engines')}</Link>
    </Notice>
  )
}
