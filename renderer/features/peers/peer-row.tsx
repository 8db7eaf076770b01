import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PeerView, RequestView } from '../../../electron/contract/snapshot.ts'
import type { Format } from '../../i18n/format.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { isBusy, rateWith, useRateText } from '../../store/rates.ts'
import { standingOf } from '../../store/peer-standing.ts'
import { useCapabilityName } from '../../ui/capability-name.ts'
import { rowIcon } from '../../ui/icons.ts'
import { MachineIcon } from '../../ui/glyph.tsx'
import { HubMark } from '../../ui/hub-mark.tsx'
import { Offers } from '../../ui/offers.tsx'
import { PathMark, pathOf } from '../../ui/path-mark.tsx'
import { usePeerText } from '../../store/peer-text.ts'
import { StateWord } from '../../ui/state-mark.tsx'

/** One peer, 54 px high; the whole row opens its details. Its label says in words what the row draws. */
export function PeerRow({ peer, now, selected, onOpen }: { peer: PeerView; now: number; selected: boolean; onOpen: () => void }) {
  const { t } = useTranslation(['peers', 'common'])
  const format = useFormat()
  const nameOf = useCapabilityName()
  const { word, path: way } = usePeerText()(peer, now)
  const rate = useSnapshot((snapshot) => rateWith(snapshot, peer.id))
  const rateText = useRateText({ short: true })(rate)
  const path = isBusy(rate) ? `${way}, ${rateText}` : way
  const legacy = peer.kind === 'legacy'
  const latency = latencyOf(peer, format)
  const offers = peer.capabilities.filter(({ state }) => state !== 'off').map(({ name }) => nameOf(name))
  const about = legacy ? t('legacyAbout') : (peer.os ?? '')
  const isHub = peer.hubOf.length > 0
  const said = [word, isHub && t('common:hub'), path, latency, offers.length > 0 ? t('offersList', { list: format.list(offers) }) : '']
    .filter(Boolean)
    .join(', ')
  return (
    <UnstyledButton className="peer-row" aria-label={t('openDetails', { name: peer.name, said })} aria-pressed={selected} onClick={onOpen}>
      <span className="well">
        <MachineIcon os={peer.os} legacy={legacy} {...rowIcon} />
      </span>
      <span>
        <b title={peer.name}>{peer.name}</b>
        <small className={isHub ? 'peer-about' : undefined}>
          {isHub && <HubMark />}
          {about}
        </small>
      </span>
      <span className="peer-state">
        <StateWord mark={standingOf(peer)}>{word}</StateWord>
        <small className="peer-path">
          {peer.path !== null && <PathMark path={pathOf(peer.path)} size={18} />}
          <span>{path}</span>
        </small>
      </span>
      <span className="peer-offers">
        <Offers offers={peer.capabilities} />
      </span>
      <span className="peer-latency num">{latency}</span>
    </UnstyledButton>
  )
}

const latencyOf = ({ state, path }: PeerView, format: Format) =>
  state !== 'online' || path === null || path.latencyMs === null ? '' : format.latency(path.latencyMs)

/** Somebody who asks to join: no member yet, so only a way to the approval. */
export function RequestRow({ request: { node, os, mesh }, onOpen }: { request: RequestView; onOpen: () => void }) {
  const { t } = useTranslation('peers')
  return (
    <UnstyledButton className="peer-row" aria-label={t('openRequest', { name: node.name, mesh: mesh.name })} onClick={onOpen}>
      <span className="well">
        <MachineIcon os={os} {...rowIcon} />
      </span>
      <span>
        <b title={node.name}>{node.name}</b>
        <small>{os ?? t('newcomer')}</small>
      </span>
      <span className="peer-state">
        <StateWord mark="waiting">{t('waits')}</StateWord>
        <small>{t('notMember')}</small>
      </span>
    </UnstyledButton>
  )
}
