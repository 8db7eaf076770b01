import './settings.css'
import { useTranslation } from 'react-i18next'
import { useSnapshot } from '../../store/app-context.ts'
import { CopyValue } from '../../ui/copy-value.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Page } from '../../ui/page.tsx'
import { ApiKey } from './api-key.tsx'
import { DiscoverySettings } from './discovery-settings.tsx'
import { GeneralSettings } from './general-settings.tsx'
import { MeshFileTransfer } from './mesh-file-transfer.tsx'
import { NetworkSettings } from './network-settings.tsx'
import { SecuritySettings } from './security-settings.tsx'
import { Setting } from './setting.tsx'
import { StartSettings } from './start-settings.tsx'
import { HubSync } from './sync/hub-sync.tsx'
import { SyncTokens } from './sync/sync-tokens.tsx'

/** What a person can change about this node, its key for old friends, and what it is. */
export default function Settings() {
  const { t } = useTranslation(['settings', 'common'])
  return (
    <Page>
      <PageHead title={t('title')}>{t('subtitle')}</PageHead>
      <div className="setting-groups">
        <GeneralSettings />
        <StartSettings />
        <NetworkSettings />
        <DiscoverySettings />
        <Access />
        <SecuritySettings />
        <MeshFileTransfer />
        <HubSync />
        <About />
      </div>
    </Page>
  )
}

function Access() {
  const { t } = useTranslation(['settings', 'common'])
  const port = useSnapshot(({ node }) => node.port)
  const needsKey = useSnapshot(({ settings }) => settings.localUseNeedsKey)
  const url = `http://127.0.0.1:${port}`
  return (
    <section className="card" aria-labelledby="access-title">
      <h2 id="access-title">{t('access')}</h2>
      <Setting title={t('localPrograms')} help={t(needsKey ? 'localProgramsKey' : 'localProgramsHelp', { url })}>
        <CopyValue value={url} label={t('copyLocal')} />
      </Setting>
      <ApiKey />
      <SyncTokens />
    </section>
  )
}

function About() {
  const { t } = useTranslation(['settings', 'common'])
  const { id, version, os, dataDir, face } = useSnapshot(({ node }) => node)
  return (
    <section className="card" aria-labelledby="about-title">
      <h2 id="about-title">{t('about')}</h2>
      <Setting title={t('common:product')} help={t('versionOn', { version, os, face: t(`face.${face}`) })} />
      <Setting title={t('nodeId')} help={<code>{id}</code>}>
        <CopyValue value={id} label={t('common:copyNodeId')} />
      </Setting>
      <Setting title={t('dataFolder')} help={<code>{dataDir}</code>}>
        <CopyValue value={dataDir} label={t('copyFolder')} />
      </Setting>
    </section>
  )
}
