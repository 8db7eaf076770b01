import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DiagnosticsSection } from '../../../electron/contract/diagnostics.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { countFound, pieces } from './found-lines.ts'

const anchor = (id: string) => `diagnostics-${id}`

/** The sections as they will stand in the file, with their list at the side and a search over all. */
export function Sections({ sections }: { sections: readonly DiagnosticsSection[] }) {
  const { t } = useTranslation('diagnostics')
  const [typed, setTyped] = useState('')
  const wanted = useDeferredValue(typed.trim())
  const found = sections.map(({ id, text }) => ({ id, count: countFound(text, wanted) }))
  const total = found.reduce((sum, { count }) => sum + count, 0)
  const show = (id: string) => {
    const heading = document.querySelector<HTMLElement>(`#${anchor(id)}`)
    heading?.scrollIntoView({ block: 'start' })
    heading?.focus({ preventScroll: true })
  }
  return (
    <div className="diagnostics">
      <div className="diagnostics-side">
        <SearchField label={t('search')} text={typed} onChange={setTyped} />
        <p role="status" className="hint">
          {wanted !== '' && (total === 0 ? t('nothingFound', { text: wanted }) : t('found', { count: total }))}
        </p>
        <ul className="diagnostics-nav" aria-label={t('sections')}>
          {found.map(({ id, count }) => (
            <li key={id}>
              <button type="button" onClick={() => show(id)}>
                <span className="grow">{t(`section.${id}`)}</span>
                {wanted !== '' && <small className="num">{count}</small>}
              </button>
            </li>
          ))}
        </ul>
      </div>
      <div className="diagnostics-text">
        {sections.map((section) => (
          <Section key={section.id} section={section} wanted={wanted} />
        ))}
      </div>
    </div>
  )
}

function Section({ section: { id, title, text }, wanted }: { section: DiagnosticsSection; wanted: string }) {
  return (
    <section className="card" aria-labelledby={anchor(id)}>
      <h2 id={anchor(id)} tabIndex={-1} lang="en">
        {title}
      </h2>
      <pre lang="en" dir="ltr">
        {text.split('\n').map((line, number) => (
          // lines never move: a section is replaced as a whole
          // oxlint-disable-next-line react/no-array-index-key -- see above
          <Line key={number} line={line} wanted={wanted} />
        ))}
      </pre>
    </section>
  )
}

function Line({ line, wanted }: { line: string; wanted: string }) {
  return (
    <span className="diagnostics-line">
      {pieces(line, wanted).map(({ text, fits }, place) =>
        // oxlint-disable-next-line react/no-array-index-key -- pieces of a line have no other name
        fits ? <mark key={place}>{text}</mark> : <span key={place}>{text}</span>,
      )}
      {'\n'}
    </span>
  )
}
