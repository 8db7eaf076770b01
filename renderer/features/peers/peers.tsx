import './peers.css'
import { Button } from '@mantine/core'
import { IconPlus, IconUserPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useFormat } from '../../i18n/use-format.ts'
import { useDialogs, useLink, useSnapshot } from '../../store/app-context.ts'
import { meshesByAge } from '../../store/node-summary.ts'
import { buttonIcon } from '../../ui/icons.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Page } from '../../ui/page.tsx'
import { SideDrawer } from '../../ui/side-drawer.tsx'
import { NoPeers } from './no-peers.tsx'
import { PeerDetails } from './peer-details.tsx'
import { isEmpty } from './peer-filter.ts'
import { PeerList } from './peer-list.tsx'
import { UnknownPeer } from './unknown-peer.tsx'

/** Everybody this node knows; `selected` is the id of the peer whose details are open. */
export default function Peers({ selected }: { selected: string | null }) {
  const { t } = useTranslation(['peers', 'common'])
  const { open } = useDialogs()
  const empty = useSnapshot(isEmpty)
  const admin = useSnapshot(({ meshes }) => Object.values(meshes).some(({ role }) => role === 'admin'))
  const subtitle = useSubtitle()
  return (
    <>
      <Page>
        <PageHead
          title={t('title')}
          actions={
            <>
              {admin && (
                <Button variant="default" leftSection={<IconUserPlus {...buttonIcon} />} onClick={() => open({ kind: 'invite' })}>
                  {t('common:invite')}
                </Button>
              )}
              <Button leftSection={<IconPlus {...buttonIcon} />} onClick={() => open({ kind: 'join' })}>
                {t('common:joinMesh')}
              </Button>
            </>
          }
        >
          {subtitle}
        </PageHead>
        {empty ? <NoPeers /> : <PeerList selected={selected} />}
      </Page>
      {selected !== null && <Details id={selected} />}
    </>
  )
}

function useSubtitle(): string {
  const { t } = useTranslation(['peers', 'common'])
  const { nodes, legacy, requests } = useSnapshot(({ peers, requests }) => ({
    nodes: Object.values(peers).filter(({ kind, removed }) => kind === 'node' && removed === null).length,
    legacy: Object.values(peers).filter(({ kind }) => kind === 'legacy').length,
    requests: Object.keys(requests).length,
  }))
  const meshes = useSnapshot(meshesByAge)
  const link = useLink()
  const format = useFormat()
  const parts: string[] = [t('members', { count: nodes, context: meshes.length === 1 ? 'of' : undefined, mesh: meshes[0]?.name ?? '' })]
  if (requests > 0) parts.push(t('requests', { count: requests }))
  if (legacy > 0) parts.push(t('legacyCount', { count: legacy }))
  return t(link.kind === 'live' ? 'subtitle' : 'subtitleLast', { list: format.list(parts) })
}

function Details({ id }: { id: string }) {
  const { t } = useTranslation(['peers', 'common'])
  const [, navigate] = useLocation()
  const peer = useSnapshot(({ peers }) => peers[id] ?? null)
  const close = () => navigate('/peers')
  const label = peer === null ? t('unknown') : t('detailsOf', { name: peer.name })
  const content = peer === null ? <UnknownPeer id={id} onClose={close} /> : <PeerDetails key={id} peer={peer} onClose={close} />
  return (
    <SideDrawer label={label} onClose={close}>
      {content}
    </SideDrawer>
  )
}
