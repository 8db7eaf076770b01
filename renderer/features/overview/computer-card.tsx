import { IconArrowRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useSnapshot } from '../../store/app-context.ts'
import { ResourceMeters } from '../../ui/resource-meters.tsx'

/** How busy this computer is, and the way to share more of it. */
export function ComputerCard() {
  const { t } = useTranslation('overview')
  const resources = useSnapshot((snapshot) => snapshot.resources)
  return (
    <section className="card computer-card" aria-label={t('thisComputer')}>
      <div className="card-head">
        <h2>{t('thisComputer')}</h2>
        <span className="grow" />
        <Link className="more" href="/capabilities">
          {t('toCapabilities')} <IconArrowRight size={14} aria-hidden />
        </Link>
      </div>
      {resources === null ? <p className="none">{t('measuring')}</p> : <ResourceMeters resources={resources} />}
    </section>
  )
}
