import { Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { useSnapshot } from '../store/app-context.ts'
import { summarise } from '../store/node-summary.ts'
import { AppLogo } from '../ui/app-logo.tsx'
import { rowIcon } from '../ui/icons.ts'
import { NodeMenu } from './node-menu.tsx'
import { screenAt, screens } from './screens.ts'
import { useStateWord } from './state-words.ts'
import { TabBar } from './tab-bar.tsx'

/** Frame of all screens: a rail of names, of icons below 1080 px, a bar at the bottom below 720 px. Never remounted. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className="shell">
      <PageTitle />
      <button type="button" className="skip" onClick={() => document.querySelector<HTMLElement>('#main')?.focus()}>
        {t('skipToContent')}
      </button>
      <Rail />
      {children}
      <TabBar />
    </div>
  )
}

/** The tab's title carries the state, so that it can be read from the task bar. */
function PageTitle() {
  const { t } = useTranslation()
  const [location] = useLocation()
  const name = useSnapshot(({ node }) => node.name)
  const { state, requests } = useSnapshot((snapshot) => {
    const { state, requests } = summarise(snapshot)
    return { state, requests }
  })
  const word = useStateWord()({ state, requests })
  return <title>{t('pageTitle', { screen: t(`screen.${screenAt(location).id}`), name, state: word })}</title>
}

function Rail() {
  const { t } = useTranslation()
  const [location] = useLocation()
  const iconsOnly = useMediaQuery('(max-width: 1079.98px)')
  const { requests, peers } = useSnapshot((snapshot) => ({
    requests: Object.keys(snapshot.requests).length,
    peers: Object.keys(snapshot.peers).length,
  }))
  const active = screenAt(location).id
  return (
    <nav className="rail" aria-label={t('screens')}>
      <div className="rail-brand">
        <AppLogo />
        <span>{t('product')}</span>
      </div>
      <div className="rail-entries">
        {screens.map(({ id, path, icon: Icon }) => (
          <Tooltip key={id} label={t(`screen.${id}`)} position="right" disabled={!iconsOnly}>
            <Link href={path} className="rail-entry" aria-current={id === active ? 'page' : undefined}>
              <Icon {...rowIcon} />
              <span className="grow">{t(`screen.${id}`)}</span>
              {id === 'overview' && requests > 0 && (
                <span className="rail-badge" role="img" aria-label={t('requestsWait', { count: requests })}>
                  {requests}
                </span>
              )}
              {id === 'peers' && peers > 0 && (
                <span className="rail-count num" role="img" aria-label={t('peerCount', { count: peers })}>
                  {peers}
                </span>
              )}
            </Link>
          </Tooltip>
        ))}
      </div>
      <NodeMenu />
    </nav>
  )
}
