import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { NodeView, PeerView } from '../../../../electron/contract/snapshot.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { standingOf } from '../../../store/peer-standing.ts'
import { usePeerText } from '../../../store/peer-text.ts'
import { MachineIcon } from '../../../ui/glyph.tsx'
import { StateMark } from '../../../ui/state-mark.tsx'
import { rest } from './plan.ts'
import type { Level, Place } from './shapes.ts'

/** How a place takes part in the moves of focus and pointer. The functions never change: spots are drawn anew only for themselves. */
export interface Stop {
  /** The tab key comes here; all others are reached by the arrow keys. */
  isEntry: boolean
  /** The pointer or the focus came to a place or left it. */
  onActive: (id: string, isActive: boolean) => void
  onEnter: (id: string) => void
}

const eventsOf = (id: string, { isEntry, onActive, onEnter }: Stop) => ({
  tabIndex: isEntry ? 0 : -1,
  onPointerEnter: () => onActive(id, true),
  onPointerLeave: () => onActive(id, false),
  onFocus: () => {
    onEnter(id)
    onActive(id, true)
  },
  onBlur: () => onActive(id, false),
})

interface Placed {
  place: Place | undefined
  level: Level
}

interface SpotProps extends Placed, Stop {
  peer: PeerView
  /** The time that "ago" is counted from. */
  now: number
  isHub: boolean
}

/** A peer: by its look how it stands, by its shape whether it is a hub; named when there is room. */
export const Spot = memo(function Spot({ peer, now, place, level, isHub, ...stop }: SpotProps) {
  const { t } = useTranslation(['overview', 'common'])
  const said = useSaid(peer, now, isHub)
  if (place === undefined) return null
  const standing = standingOf(peer)
  const isDot = level.name === 'dots' && !isHub
  const icon = place.radius * (isHub ? 0.84 : 0.98)
  return (
    <Link
      href={`/peers/${encodeURIComponent(peer.id)}`}
      data-node={peer.id}
      aria-label={t('spot', { name: peer.name, said })}
      {...eventsOf(peer.id, stop)}
    >
      <g className="spot" data-standing={standing} data-hub={isHub || undefined} transform={`translate(${place.x} ${place.y})`}>
        {isDot ? (
          <>
            <circle className="target" r="12" />
            <circle className="mark-back" r={place.radius + 1.5} />
            <StateMark mark={standing} size={16} x={-8} y={-8} />
          </>
        ) : (
          <>
            <Disc radius={place.radius} isHub={isHub} />
            <MachineIcon
              {...{ os: peer.os, legacy: peer.kind === 'legacy', stroke: 1.6, x: -icon / 2, y: -icon / 2, width: icon, height: icon }}
            />
            {standing !== 'online' && (
              <g transform={`translate(${place.radius * 0.62} ${place.radius * 0.62})`}>
                <circle r="9" className="mark-back" />
                <StateMark mark={standing} size={14} x={-7} y={-7} />
              </g>
            )}
          </>
        )}
        <Name text={peer.name} place={place} level={level} />
      </g>
    </Link>
  )
})

/** Its state, how it is reached and how far it is, as the table says it. */
function useSaid(peer: PeerView, now: number, isHub: boolean): string {
  const { t } = useTranslation('common')
  const format = useFormat()
  const { word, path } = usePeerText()(peer, now)
  const latency = peer.path?.latencyMs ?? null
  return format.facts([word, isHub && t('hub'), path, latency !== null && format.latency(latency)])
}

/** This node. */
export function SelfSpot({ node, place, level, isHub }: { node: NodeView; isHub: boolean } & Placed) {
  if (place === undefined) return null
  const icon = place.radius * 0.84
  return (
    <g className="spot self" transform={`translate(${place.x} ${place.y})`}>
      <Disc radius={place.radius + (isHub ? 3 : 0)} isHub={isHub} />
      <MachineIcon {...{ os: node.os, stroke: 1.6, x: -icon / 2, y: -icon / 2, width: icon, height: icon }} />
      <Name text={node.name} place={place} level={level} />
    </g>
  )
}

/** Those that have no place of their own: the list has them all. */
export function RestSpot({ count, place, ...stop }: { count: number; place: Place | undefined } & Stop) {
  const { t } = useTranslation('overview')
  if (place === undefined) return null
  return (
    <Link href="/peers" data-node={rest} aria-label={t('moreNodes', { count })} {...eventsOf(rest, stop)}>
      <g className="spot rest" transform={`translate(${place.x} ${place.y})`}>
        <circle className="target" r="12" />
        <text className="count" y="4">
          {t('more', { count })}
        </text>
      </g>
    </Link>
  )
}

/** A hub is a diamond, every other node a disc. */
function Disc({ radius, isHub }: { radius: number; isHub: boolean }) {
  if (!isHub) return <circle className="disc" r={radius} />
  return <path className="disc" strokeLinejoin="round" d={`M0 ${-radius}L${radius} 0L0 ${radius}L${-radius} 0Z`} />
}

function Name({ text, place: { radius, name }, level: { nameLength, nameHeight } }: { text: string; place: Place; level: Level }) {
  if (name === null) return null
  return (
    <text className="name" y={name === 'above' ? -radius - 8 : radius + nameHeight - 4}>
      {text.length > nameLength ? `${text.slice(0, nameLength - 1)}…` : text}
    </text>
  )
}
