import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Link } from './bridge/sync.ts'
import { Empty } from './ui/empty.tsx'
import { HouseMark } from './ui/house-mark.tsx'

/** A page that opens quickly shows nothing in between, ms. */
const patience = 300

/** Before the first snapshot: nothing at first, then what is being waited for; or why this page is not let in. */
export function Splash({ link }: { link: Link }) {
  const { t } = useTranslation()
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), patience)
    return () => clearTimeout(timer)
  }, [])
  if (link.kind === 'refused')
    return (
      <main className="splash">
        <title>{t('product')}</title>
        <Empty mark={<HouseMark state="error" size={72} />} title={t('locked')}>
          <p>{t('lockedHelp')}</p>
        </Empty>
      </main>
    )
  return (
    <main className="splash" aria-busy>
      {late && (
        <Empty mark={<HouseMark state="starting" size={72} />} title={t('connecting')}>
          <p role="status">{t('connectingHelp')}</p>
        </Empty>
      )}
    </main>
  )
}
