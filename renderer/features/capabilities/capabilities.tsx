import './capabilities.css'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { capabilityName, capabilityNames } from '../../../electron/contract/capability.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { PauseBanner } from '../../shell/pause/pause-banner.tsx'
import { PauseControl } from '../../shell/pause/pause-control.tsx'
import { useSnapshot } from '../../store/app-context.ts'
import { meshesByAge } from '../../store/node-summary.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Page } from '../../ui/page.tsx'
import { Announcer } from './announcer.tsx'
import { CapabilityCard } from './capability-card.tsx'
import { CapabilityDrawer } from './drawer/capability-drawer.tsx'
import { WhoServes } from './who-serves.tsx'

/** What this computer offers: five cards with their limits beside them; and who serves this computer. `selected` is the one whose limits are open. */
export default function Capabilities({ selected }: { selected: string | null }) {
  const { t } = useTranslation('capabilities')
  const format = useFormat()
  const [, navigate] = useLocation()
  const capabilities = useSnapshot((snapshot) => snapshot.capabilities)
  const names = useSnapshot(meshesByAge).map(({ name }) => name)
  const open = capabilityName.safeParse(selected)
  const opened = open.success ? capabilities[open.data] : undefined
  return (
    <>
      <Page>
        <PageHead title={t('title')} actions={<PauseControl />}>
          {names.length === 0 ? t('subtitleAlone') : t('subtitle', { meshes: format.list(names) })}
        </PageHead>
        <PauseBanner />
        <Announcer />
        <div className="caps">
          <div className="cap-head" aria-hidden>
            <span />
            <span>{t('columnCapability')}</span>
            <span>{t('columnLimits')}</span>
            <span>{t('columnUse')}</span>
            <span>{t('columnOffer')}</span>
          </div>
          {capabilityNames.map((name) => {
            const capability = capabilities[name]
            return (
              capability && (
                <CapabilityCard
                  key={name}
                  capability={capability}
                  selected={capability === opened}
                  onOpen={() => navigate(`/capabilities/${name}`)}
                />
              )
            )
          })}
        </div>
        <WhoServes />
      </Page>
      {opened && <CapabilityDrawer key={opened.name} capability={opened} onClose={() => navigate('/capabilities')} />}
    </>
  )
}
