import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { RateView } from '../../../electron/contract/routing.ts'
import type { NodeView, PeerView } from '../../../electron/contract/snapshot.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { standingOf } from '../../store/peer-standing.ts'
import { MachineIcon } from '../../ui/glyph.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { mostPeers, type Place, planTopology } from './topology-places.ts'

/** Radius of a peer and of this node, drawing units. */
const radius = 21
const selfRadius = 25
/** A name longer than this is cut; the full one is the link's title. */
const longestName = 16

interface TopologyProps {
  self: NodeView
  peers: PeerView[]
  /** Ways on which something moves: their links are thick. */
  rates: readonly RateView[]
  mesh: string
  upright: boolean
}

/** This node and the peers around it, each a link to its details. The list of peers says the same in words. */
export function Topology({ self, peers, rates, mesh, upright }: TopologyProps) {
  const { t } = useTranslation(['overview', 'common'])
  const format = useFormat()
  const shown = peers.length > mostPeers ? peers.slice(0, mostPeers - 1) : peers
  const rest = peers.length - shown.length
  const plan = planTopology(shown.length + (rest > 0 ? 1 : 0), upright)
  const restPlace = plan.peers.at(-1)
  const busy = new Set(rates.map(({ peer }) => peer.id))
  const online = peers.filter(({ state }) => state === 'online').length
  return (
    <svg
      className="topology"
      viewBox={`0 0 ${plan.width} ${plan.height}`}
      role="group"
      aria-label={t('drawing', { mesh, online: format.number(online), count: peers.length })}
    >
      <rect className="lan" x="1" y="1" width={plan.width - 2} height={plan.height - 2} rx="16" />
      {shown.map((peer, i) => {
        const place = plan.peers[i]
        return (
          place && (
            <path
              key={peer.id}
              className="link"
              data-standing={standingOf(peer)}
              data-busy={busy.has(peer.id) || undefined}
              d={edge(plan.self, place)}
            />
          )
        )
      })}
      {shown.map((peer, i) => {
        const place = plan.peers[i]
        return place && <Spot key={peer.id} peer={peer} place={place} />
      })}
      {rest > 0 && restPlace && (
        <g className="spot rest" transform={`translate(${restPlace.x} ${restPlace.y})`}>
          <circle className="disc" r={radius} />
          <text className="count" y="4">
            {t('more', { count: rest })}
          </text>
        </g>
      )}
      <g className="spot self" transform={`translate(${plan.self.x} ${plan.self.y})`}>
        <circle className="disc" r={selfRadius} />
        <MachineIcon os={self.os} x={-10} y={-10} width={20} height={20} stroke={1.6} aria-hidden />
        <text className="name" y={selfRadius + 18}>
          {cut(self.name)}
        </text>
      </g>
    </svg>
  )
}

function Spot({ peer, place: { x, y, above } }: { peer: PeerView; place: Place }) {
  const { t } = useTranslation(['overview', 'common'])
  const standing = standingOf(peer)
  return (
    <Link href={`/peers/${encodeURIComponent(peer.id)}`} aria-label={t('spot', { name: peer.name, state: t(`common:peer.${standing}`) })}>
      <g className="spot" data-standing={standing} transform={`translate(${x} ${y})`}>
        <title>{peer.name}</title>
        <circle className="disc" r={radius} />
        <MachineIcon os={peer.os} legacy={peer.kind === 'legacy'} x={-10} y={-10} width={20} height={20} stroke={1.6} aria-hidden />
        {standing !== 'online' && (
          <g transform={`translate(${radius - 13} ${radius - 14})`}>
            <circle cx="7" cy="7" r="9.5" className="mark-back" />
            <StateMark mark={standing} size={14} />
          </g>
        )}
        <text className="name" y={above ? -radius - 8 : radius + 16}>
          {cut(peer.name)}
        </text>
      </g>
    </Link>
  )
}

/** From rim to rim, with a little air. */
function edge(a: Place, b: Place): string {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1
  const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length]
  const [from, to] = [selfRadius + 5, radius + 4]
  return `M${a.x + ux * from} ${a.y + uy * from}L${b.x - ux * to} ${b.y - uy * to}`
}

const cut = (name: string) => (name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name)
