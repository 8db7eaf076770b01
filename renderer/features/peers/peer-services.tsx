import { ActionIcon } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OfferedService, PeerView } from '../../../electron/contract/snapshot.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { serviceResource } from '../../store/grants.ts'
import { addressOfPeerService } from '../../store/service-address.ts'
import { opensPages } from '../../ui/opens-pages.ts'
import { CopyValue } from '../../ui/copy-value.tsx'
import { StateMark } from '../../ui/state-mark.tsx'

/** Services that a peer shares, each with the address on this computer that leads to it. */
export function PeerServices({ peer }: { peer: PeerView }) {
  const { t } = useTranslation('peers')
  if (peer.services.length === 0) return null
  return (
    <section aria-label={t('services')}>
      <h3>{t('services')}</h3>
      <ul className="drawer-services">
        {peer.services.map((service) => (
          <Service key={service.id} peer={peer} service={service} />
        ))}
      </ul>
    </section>
  )
}

function Service({ peer, service: { id, name, status } }: { peer: PeerView; service: OfferedService }) {
  const { t } = useTranslation(['peers', 'common'])
  const address = useSnapshot((snapshot) => addressOfPeerService(snapshot, peer, id))
  const refused = peer.refused.includes(serviceResource(id))
  const usable = !refused && status === 'active' && peer.state === 'online'
  return (
    <li>
      <StateMark mark={usable ? 'online' : refused ? 'removed' : 'offline'} size={12} />
      <span className="grow">
        <span className="service-title">{name}</span>
        <small>{refused ? t('common:whyNot.no_grant') : peer.state === 'online' ? t(`service.${status}`) : t('service.away')}</small>
      </span>
      {usable && opensPages() && (
        <ActionIcon component="a" href={address} target="_blank" rel="noreferrer" size={28} aria-label={t('openService', { name })}>
          <IconExternalLink size={15} stroke={1.7} aria-hidden />
        </ActionIcon>
      )}
      {!refused && <CopyValue value={address} label={t('copyService', { name })} />}
    </li>
  )
}
