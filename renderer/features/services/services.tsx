import './services.css'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSnapshot } from '../../store/app-context.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { OwnServices } from './own-services.tsx'
import { PeerServices } from './peer-services.tsx'
import { fitsOwnService, fitsPeerService, servicesOfPeers } from './service-standing.ts'
import { ShareForm } from './share-form.tsx'

/** With fewer there is nothing to search through. */
const worthSearching = 4

/** What this computer makes reachable, and what peers do. */
export default function Services() {
  const { t } = useTranslation('services')
  const [wanted, setWanted] = useState('')
  const own = useSnapshot((snapshot) => Object.values(snapshot.services))
  const others = servicesOfPeers(useSnapshot((snapshot) => Object.values(snapshot.peers)))
  const count = own.filter((each) => fitsOwnService(each, wanted)).length + others.filter((each) => fitsPeerService(each, wanted)).length
  const searchable = own.length + others.length >= worthSearching
  return (
    <Page>
      <PageHead
        title={t('title')}
        actions={searchable && <SearchField className="services-search" label={t('search')} text={wanted} onChange={setWanted} />}
      >
        {t('subtitle')}
      </PageHead>
      <p role="status" className="hint services-count">
        {wanted !== '' && (count === 0 ? t('nothingFits', { text: wanted }) : t('fit', { count }))}
      </p>
      <div className="services-grid">
        <div className="services-lists">
          <OwnServices wanted={wanted} />
          <PeerServices wanted={wanted} />
        </div>
        <ShareForm />
      </div>
    </Page>
  )
}
