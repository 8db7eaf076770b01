import './services.css'
import { useTranslation } from 'react-i18next'
import { PageHead } from '../../ui/page-head.tsx'
import { Page } from '../../ui/page.tsx'
import { OwnServices } from './own-services.tsx'
import { PeerServices } from './peer-services.tsx'
import { ShareForm } from './share-form.tsx'

/** What this computer makes reachable, and what peers do. */
export default function Services() {
  const { t } = useTranslation('services')
  return (
    <Page>
      <PageHead title={t('title')}>{t('subtitle')}</PageHead>
      <div className="services-grid">
        <div className="services-lists">
          <OwnServices />
          <PeerServices />
        </div>
        <ShareForm />
      </div>
    </Page>
  )
}
