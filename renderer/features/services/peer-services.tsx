import { IconPlugConnected } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OfferedService, PeerView } from '../../../electron/contract/snapshot.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { CopyValue } from '../../ui/copy-value.tsx'
import { rowIcon } from '../../ui/icons.ts'
import { StateWord } from '../../ui/state-mark.tsx'
import { addressOfPeerService } from '../../store/service-address.ts'

/** Services of peers, each with the address on this computer that leads to it. */
export function PeerServices() {
  const { t } = useTranslation('services')
  const peers = useSnapshot((snapshot) =>
    Object.values(snapshot.peers)
      .filter(({ services }) => services.length > 0)
      .toSorted((a, b) => a.name.localeCompare(b.name)),
  )
  return (
    <section className="card" aria-labelledby="peers-title">
      <div className="card-head">
        <h2 id="peers-title">{t('peersTitle')}</h2>
      </div>
      <p className="hint">{peers.length === 0 ? t('peersEmpty') : t('peersHelp')}</p>
      {peers.length > 0 && (
        <ul aria-labelledby="peers-title">
          {peers.flatMap((peer) =>
            peer.services.map((service) => <PeerService key={`${peer.id} ${service.id}`} peer={peer} service={service} />),
          )}
        </ul>
      )}
    </section>
  )
}

function PeerService({ peer, service: { id, name, status } }: { peer: PeerView; service: OfferedService }) {
  const { t } = useTranslation('services')
  const reachable = peer.state === 'online' && status === 'active'
  const address = useSnapshot((snapshot) => addressOfPeerService(snapshot, peer, id))
  return (
    <li className="service-line">
      <span className="well">
        <IconPlugConnected {...rowIcon} />
      </span>
      <div>
        <span className="service-name">
          <b>{name}</b>
          <StateWord mark={reachable ? 'online' : 'offline'}>{reachable ? t('reachable') : t('notNow')}</StateWord>
        </span>
        <small>{t('sharedBy', { peer: peer.name })}</small>
      </div>
      <span />
      <div className="copy-line service-address">
        <code>{address}</code>
        <CopyValue value={address} label={t('copyAddressOf', { name })} />
      </div>
    </li>
  )
}
