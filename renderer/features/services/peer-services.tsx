import { IconPlugConnected } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PeerView } from '../../../electron/contract/snapshot.ts'
import { useFailureWords } from '../../i18n/use-failure-words.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { usePeerText } from '../../store/peer-text.ts'
import { useNow } from '../../store/use-now.ts'
import { rowIcon } from '../../ui/icons.ts'
import { addressOfPeerService } from '../../store/service-address.ts'
import { PathMark, pathOf } from '../../ui/path-mark.tsx'
import { type Mark, StateWord } from '../../ui/state-mark.tsx'
import { AddressLine } from './address-line.tsx'
import { fitsPeerService, type PeerService, type ServiceStanding, servicesOfPeers, serviceStanding } from './service-standing.ts'

/** Services of peers, each with the address on this computer that leads to it, or why it does not now. */
export function PeerServices({ wanted }: { wanted: string }) {
  const { t } = useTranslation('services')
  const peers = useSnapshot((snapshot) => Object.values(snapshot.peers))
  const all = servicesOfPeers(peers)
  const fitting = all.filter((each) => fitsPeerService(each, wanted))
  const help = peers.length === 0 ? t('peersNoneHelp') : all.length === 0 ? t('peersEmpty') : t('peersHelp')
  return (
    <section className="card" aria-labelledby="peers-title">
      <div className="card-head">
        <h2 id="peers-title">{t('peersTitle')}</h2>
        <span className="card-sub num">{all.length > 0 && all.length}</span>
      </div>
      <p className="hint">{help}</p>
      {fitting.length > 0 && (
        <ul aria-labelledby="peers-title">
          {fitting.map(({ peer, service }) => (
            <PeerServiceLine key={`${peer.id} ${service.id}`} peer={peer} service={service} />
          ))}
        </ul>
      )}
    </section>
  )
}

const marks: Record<ServiceStanding, Mark> = {
  usable: 'online',
  checking: 'checking',
  away: 'offline',
  stopped: 'problem',
  paused: 'paused',
  refused: 'removed',
}

function PeerServiceLine({ peer, service }: PeerService) {
  const { t } = useTranslation('services')
  const { id, name } = service
  const standing = serviceStanding(peer, service)
  const address = useSnapshot((snapshot) => addressOfPeerService(snapshot, peer, id))
  return (
    <li className="service-line">
      <span className="well">
        <IconPlugConnected {...rowIcon} />
      </span>
      <div>
        <span className="service-name">
          <b>{name}</b>
          <StateWord mark={marks[standing]}>{t(`peerState.${standing}`)}</StateWord>
        </span>
        <Place peer={peer} />
      </div>
      <span />
      <WhyNot peer={peer} standing={standing} />
      <AddressLine name={name} address={address} usable={standing === 'usable'} />
    </li>
  )
}

/** The peer, and how it is reached. */
function Place({ peer }: { peer: PeerView }) {
  const { t } = useTranslation('services')
  const format = useFormat()
  const now = useNow(60_000)
  const textOf = usePeerText()
  const { path } = textOf(peer, now)
  const latency = peer.path?.latencyMs ?? null
  return (
    <small className="service-place">
      <PathMark path={pathOf(peer.path)} />
      {latency === null
        ? t('place', { peer: peer.name, path })
        : t('placeTimed', { peer: peer.name, path, latency: format.latency(latency) })}
    </small>
  )
}

function WhyNot({ peer, standing }: { peer: PeerView; standing: ServiceStanding }) {
  const { t } = useTranslation(['services', 'common'])
  const format = useFormat()
  const now = useNow(60_000)
  const wordsOf = useFailureWords()
  if (standing === 'usable') return null
  const { name, lastSeen, problem } = peer
  const seen = lastSeen === null ? t('common:neverSeen') : t('common:lastSeen', { when: format.ago(lastSeen, now) })
  const text =
    standing === 'away' && problem !== null
      ? t('why.problem', { peer: name, problem: wordsOf(problem).whole })
      : t(`why.${standing}`, { peer: name, seen })
  return <p className="service-problem">{text}</p>
}
