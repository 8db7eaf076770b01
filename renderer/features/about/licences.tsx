import { Button, Skeleton } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTask } from '../../store/use-task.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { StateWord } from '../../ui/state-mark.tsx'
import { fittingLibraries, type LicenceList } from './licence-list.ts'
import { LicenceLine } from './licence-line.tsx'

/** The licence of the program and of everything that is part of it; loaded only when somebody comes here. */
export function Licences() {
  const { t } = useTranslation('about')
  const [list, setList] = useState<LicenceList | null>(null)
  const { run, failure } = useTask(async () => setList((await import('virtual:licences')).default))
  useEffect(() => void run(), [run])
  if (list !== null) return <Loaded list={list} />
  return (
    <section className="card" aria-busy={failure === null}>
      {failure === null ? (
        <div role="status">
          <p className="hint">{t('loading')}</p>
          <Skeleton height={120} mt={8} />
        </div>
      ) : (
        <div role="alert" className="about-failed">
          <StateWord mark="problem">{t('failed')}</StateWord>
          <Button variant="default" onClick={() => void run()}>
            {t('again')}
          </Button>
        </div>
      )}
    </section>
  )
}

function Loaded({ list: { own, libraries, texts } }: { list: LicenceList }) {
  const { t } = useTranslation(['about', 'common'])
  return (
    <>
      <section className="card" aria-labelledby="about-licence">
        <h2 id="about-licence" className="card-title">
          {t('licence')}
        </h2>
        <p className="quiet">{t('licenceOf', { licence: own.licence })}</p>
        <ul className="licence-list">
          <LicenceLine name={t('common:product')} licence={own.licence} text={own.text} />
        </ul>
        {own.homepage !== '' && (
          <p className="quiet about-link">
            {t('website')} <code>{own.homepage}</code>
          </p>
        )}
      </section>
      <Libraries libraries={libraries} texts={texts} />
    </>
  )
}

function Libraries({ libraries, texts }: Pick<LicenceList, 'libraries' | 'texts'>) {
  const { t } = useTranslation('about')
  const [wanted, setWanted] = useState('')
  const fitting = fittingLibraries(libraries, wanted)
  return (
    <section className="card" aria-labelledby="about-parts">
      <h2 id="about-parts" className="card-title">
        {t('parts')}
      </h2>
      <p className="quiet">{t('partsHelp', { count: libraries.length })}</p>
      <SearchField className="licence-search" label={t('search')} text={wanted} onChange={setWanted} />
      <p role="status" className="hint">
        {fitting.length === 0 && t('nothingFits', { text: wanted })}
      </p>
      <ul className="licence-list" aria-labelledby="about-parts">
        {fitting.map(({ name, version, licence, text }) => (
          <LicenceLine
            key={`${name}@${version}`}
            name={name}
            version={version}
            licence={licence}
            text={text === null ? null : (texts[text] ?? null)}
          />
        ))}
      </ul>
    </section>
  )
}
