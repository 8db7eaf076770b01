import './about.css'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useFormat } from '../../i18n/use-format.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { useNow } from '../../store/use-now.ts'
import { AppLogo } from '../../ui/app-logo.tsx'
import { CopyValue } from '../../ui/copy-value.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Page } from '../../ui/page.tsx'
import { Licences } from './licences.tsx'
import { UpdatesCard } from './updates-card.tsx'

/** What this program is, in which version and on what it runs, and whose work is in it. */
export default function About() {
  const { t } = useTranslation(['about', 'common'])
  const [, navigate] = useLocation()
  return (
    <Page>
      <PageHead
        title={t('title')}
        actions={
          <Button variant="default" onClick={() => navigate('/settings')}>
            {t('settings')}
          </Button>
        }
      />
      <div className="about">
        <Product />
        <UpdatesCard />
        <ThisNode />
        <Licences />
      </div>
    </Page>
  )
}

function Product() {
  const { t } = useTranslation(['about', 'common'])
  const { version, face } = useSnapshot(({ node }) => node)
  return (
    <section className="card about-product" aria-labelledby="about-product">
      <AppLogo />
      <div className="grow">
        <h2 id="about-product">{t('common:product')}</h2>
        <p className="about-version num">{`${t('version', { version })} · ${t(`face.${face}`)}`}</p>
        <p className="quiet">{t('purpose')}</p>
      </div>
    </section>
  )
}

function ThisNode() {
  const { t } = useTranslation(['about', 'common'])
  const format = useFormat()
  const now = useNow(60_000)
  const { id, version, os, dataDir, startedAt, runtime } = useSnapshot(({ node }) => node)
  const { node, electron, protocol } = runtime
  const versions = [`Free Compute Node ${version}`, `Node.js ${node}`, electron && `Electron ${electron}`, `protocol ${protocol}`, os]
  return (
    <section className="card" aria-labelledby="about-node">
      <div className="card-head">
        <h2 id="about-node" className="grow">
          {t('facts')}
        </h2>
        <CopyValue value={versions.filter(Boolean).join('\n')} label={t('copyVersions')} />
      </div>
      <dl className="facts-list about-facts">
        <dt>{t('program')}</dt>
        <dd className="num">{version}</dd>
        <dt>{t('nodeVersion')}</dt>
        <dd className="num">{node}</dd>
        <dt>{t('electronVersion')}</dt>
        <dd className="num">{electron ?? t('noElectron')}</dd>
        <dt>{t('protocol')}</dt>
        <dd className="num">{format.number(protocol)}</dd>
        <dt>{t('system')}</dt>
        <dd>{os}</dd>
        <dt>{t('started')}</dt>
        <dd>{format.ago(startedAt, now)}</dd>
        <dt>{t('nodeId')}</dt>
        <dd className="copy-line">
          <code>{id}</code>
          <CopyValue value={id} label={t('common:copyNodeId')} />
        </dd>
        <dt>{t('dataFolder')}</dt>
        <dd className="copy-line">
          <code>{dataDir}</code>
          <CopyValue value={dataDir} label={t('copyFolder')} />
        </dd>
      </dl>
    </section>
  )
}
