import './capabilities.css'
import { useTranslation } from 'react-i18next'
import { capabilityNames } from '../../../electron/contract/capability.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { meshesByAge } from '../../store/node-summary.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Page } from '../../ui/page.tsx'
import { CapabilityCard } from './capability-card.tsx'
import { WhoServes } from './who-serves.tsx'

/** What this computer offers: five cards, each with its switch and the program behind it; and who serves this computer. */
export default function Capabilities() {
  const { t } = useTranslation('capabilities')
  const format = useFormat()
  const capabilities = useSnapshot((snapshot) => snapshot.capabilities)
  const names = useSnapshot(meshesByAge).map(({ name }) => name)
  return (
    <Page>
      <PageHead title={t('title')}>{names.length === 0 ? t('subtitleAlone') : t('subtitle', { meshes: format.list(names) })}</PageHead>
      <div className="caps">
        <div className="cap-head" aria-hidden>
          <span />
          <span>{t('columnCapability')}</span>
          <span>{t('columnBackend')}</span>
          <span>{t('columnOffer')}</span>
        </div>
        {capabilityNames.map((name) => {
          const capability = capabilities[name]
          return capability && <CapabilityCard key={name} capability={capability} />
        })}
      </div>
      <WhoServes />
    </Page>
  )
}
