import { useTranslation } from 'react-i18next'
import type { Link } from './bridge/sync.ts'
import { Empty } from './ui/empty.tsx'
import { HouseMark } from './ui/house-mark.tsx'
import { loadingPatience } from './ui/loading.tsx'
import { useAfter } from './ui/use-after.ts'

/** A node answers within a few seconds of its start; after this it may not run at all, ms. */
const longPatience = 15_000

/** Before the first snapshot: nothing at first, then what is being waited for; or why this page is not let in. */
export function Splash({ link }: { link: Link }) {
  const { t } = useTranslation()
  const late = useAfter(loadingPatience)
  const veryLate = useAfter(longPatience)
  if (link.kind === 'refused')
    return (
      <main className="splash">
        <title>{t('product')}</title>
        <Empty mark={<HouseMark state="error" size={72} />} title={t('locked')} first>
          <p>{t('lockedHelp')}</p>
        </Empty>
      </main>
    )
  return (
    <main className="splash" aria-busy>
      {late && (
        <Empty mark={<HouseMark state="starting" size={72} />} title={t('connecting')} first>
          <p role="status">{t(veryLate ? 'connectingLong' : 'connectingHelp')}</p>
        </Empty>
      )}
    </main>
  )
}
