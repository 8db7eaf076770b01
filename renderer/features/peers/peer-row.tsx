import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { PeerView, RequestView } from '../../../electron/contract/snapshot.ts'
import type { Format } from '../../i18n/format.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { isBusy, rateWith, usedOf, useRateText } from '../../store/rates.ts'
import { standingOf } from '../../store/peer-standing.ts'
import { useCapabilityName } from '../../ui/capability-name.ts'
import { rowIcon } from '../../ui/icons.ts'
import { MachineIcon } from '../../ui/glyph.tsx'
import { HubMark } from '../../ui/hub-mark.tsx'
import { Offers } from '../../ui/offers.tsx'
import { PathMark, pathOf } from '../../ui/path-mark.tsx'
import { usePeerText } from '../../store/peer-text.ts'
import { StateWord } from '../../ui/state-mark.tsx'

interface PeerRowProps {
  peer: PeerView
  /** The time that "ago" is counted from. */
  now: number
  /** Its details are open. */
  open: boolean
  tabIndex: number
  onOpen: (id: string) => void
}

/** One peer, 54 px high; the whole row opens its details. Its label says in words what the row draws. */
export const PeerRow = memo(function PeerRow({ peer, now, open, tabIndex, onOpen }: PeerRowProps) {
  const { t } = useTranslation(['peers', 'common'])
  const format = useFormat()
  const { word, path: way } = usePeerText()(peer, now)
  const rate = useSnapshot((snapshot) => rateWith(snapshot, peer.id))
  const uses = useSnapshot((snapshot) => usedOf(snapshot, peer.id))
  const rateText = useRateText({ short: true })(rate)
  const path = isBusy(rate) ? `${way}, ${rateText}` : way
  const legacy = peer.kind === 'legacy'
  const latency = latencyOf(peer, format)
  const isHub = peer.hubOf.length > 0
  const about = legacy ? t('legacyAbout') : (peer.os ?? '')
  const said = useSaid({ peer, word, path, latency, uses })
  return (
    <button
      type="button"
      className="row peer-row"
      aria-label={t('openDetails', { name: peer.name, said })}
      aria-pressed={open}
      tabIndex={tabIndex}
      onClick={() => onOpen(peer.id)}
    >
      <span className="well" data-legacy={legacy || undefined}>
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
          <span title={path}>{path}</span>
          {latency && <span className="peer-near num">{latency}</span>}
        </small>
      </span>
      <span className="peer-offers">
        <Offers offers={peer.capabilities} uses={uses} />
      </span>
      <span className="peer-latency num">{latency}</span>
    </button>
  )
})

/** Everything of a row in words, for its label. */
function useSaid({
  peer,
  word,
  path,
  latency,
  uses,
}: {
  peer: PeerView
  word: string
  path: string
  latency: string
  uses: string[]
}): string {
  const { t } = useTranslation(['peers', 'common'])
  const format = useFormat()
  const nameOf = useCapabilityName()
  const offers = peer.capabilities.filter(({ state }) => state !== 'off').map(({ name }) => nameOf(name))
  return format.facts([
    word,
    peer.kind === 'legacy' && t('legacyAbout'),
    peer.hubOf.length > 0 && t('common:hub'),
    path,
    latency,
    offers.length > 0 && t('offersList', { list: format.list(offers) }),
    uses.length > 0 && t('usesList', { list: format.list(uses.map(nameOf)) }),
  ])
}

const latencyOf = ({ state, path }: PeerView, format: Format) =>
  state !== 'online' || path === null || path.latencyMs === null ? '' : format.latency(path.latencyMs)

interface RequestRowProps {
  request: RequestView
  tabIndex: number
  onOpen: (id: string) => void
}

/** Somebody who asks to join: no member yet, so only a way to the approval. */
export const RequestRow = memo(function RequestRow({ request: { id, node, os, mesh }, tabIndex, onOpen }: RequestRowProps) {
  const { t } = useTranslation('peers')
  return (
    <button
      type="button"
      className="row peer-row"
      aria-label={t('openRequest', { name: node.name, mesh: mesh.name })}
      tabIndex={tabIndex}
      onClick={() => onOpen(id)}
    >
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
    </button>
  )
})
