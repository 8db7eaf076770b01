import './topology.css'
import { type KeyboardEvent, memo, useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RateView } from '../../../../electron/contract/routing.ts'
import type { NodeView, PeerView } from '../../../../electron/contract/snapshot.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { useNow } from '../../../store/use-now.ts'
import { planTopology, rest } from './plan.ts'
import { groupsOf, here } from './homes.ts'
import { latencyLabels } from './latency-labels.ts'
import { linksOf, routeTo } from './links.ts'
import { nodeAt } from './move.ts'
import { NameTag } from './name-tag.tsx'
import { RestSpot, SelfSpot, Spot } from './spot.tsx'
import { LatencyPill, LinkLine } from './link-line.tsx'
import { useHomes } from './use-homes.ts'

interface TopologyProps {
  self: NodeView
  peers: PeerView[]
  /** Ways on which something moves: their links are thick. */
  rates: readonly RateView[]
  mesh: { id: string; name: string }
  /** This node relays for the mesh. */
  isHub: boolean
  upright: boolean
}

/**
 * This node and the peers around it, those behind a hub around the hub; each is a link to its details. One of them can be
 * reached by the tab key, the others from there by the arrow keys. The table of peers says the same in words.
 */
export const Topology = memo(function Topology({ self, peers, rates, mesh, isHub, upright }: TopologyProps) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const now = useNow()
  const drawing = useRef<SVGSVGElement>(null)
  const hubList = peers.filter(({ hubOf }) => hubOf.includes(mesh.id)).map(({ id }) => id).join(' ') // prettier-ignore
  const hubs = useMemo(() => new Set(hubList.split(' ').filter(Boolean)), [hubList])
  const homes = useHomes(peers, hubs, self.id)
  const { plan, left } = useMemo(() => planTopology(groupsOf(homes, hubs), upright), [homes, hubs, upright])
  const shown = peers.filter(({ id }) => plan.places.has(id))
  const links = linksOf(shown, homes, new Set([...hubs].filter((id) => plan.places.has(id))), self.id)
  const labels = latencyLabels(links, plan, format.latency)
  /** The one under the pointer or with the focus, and where the tab key enters. */
  const [active, setActive] = useState<string | null>(null)
  const [entered, setEntered] = useState<string | null>(null)
  const stops = useMemo(() => new Map([...plan.places].filter(([id]) => id !== here)), [plan])
  const entry = entered !== null && stops.has(entered) ? entered : ([...stops.keys()][0] ?? null)
  const busy = new Set(rates.flatMap(({ peer }) => routeTo(links, peer.id).map(({ to }) => to)))
  const shownRoute = new Set(active === null ? [] : routeTo(links, active).map(({ to }) => to))
  const online = peers.filter(({ state }) => state === 'online').length
  const activePeer = shown.find(({ id }) => id === active)

  const onKeyDown = (event: KeyboardEvent) => {
    const to = entry === null || event.ctrlKey || event.metaKey || event.altKey ? null : nodeAt(event.key, entry, stops)
    if (to === null) return
    event.preventDefault()
    setEntered(to)
    drawing.current?.querySelector<SVGElement>(`[data-node="${CSS.escape(to)}"]`)?.focus()
  }
  const onActive = useCallback((id: string, isActive: boolean) => setActive((now) => (isActive ? id : now === id ? null : now)), [])
  const stop = (id: string) => ({ isEntry: id === entry, onActive, onEnter: setEntered })

  return (
    <div className="topology-frame">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys move between its links */}
      <svg
        ref={drawing}
        className="topology"
        data-level={plan.level.name}
        viewBox={`0 0 ${plan.width} ${plan.height}`}
        role="group"
        aria-label={t('drawing', { mesh: mesh.name, online: format.number(online), count: peers.length })}
        onKeyDown={onKeyDown}
      >
        <rect className="lan" x="1" y="1" width={plan.width - 2} height={plan.height - 2} rx="16" />
        {links.map((link) => (
          <LinkLine key={link.to} link={link} places={plan.places} isBusy={busy.has(link.to)} isActive={shownRoute.has(link.to)} />
        ))}
        {labels.map((label) => (
          <LatencyPill key={label.to} label={label} />
        ))}
        <SelfSpot node={self} place={plan.places.get(here)} level={plan.level} isHub={isHub} />
        {shown.map((peer) => (
          <Spot
            key={peer.id}
            peer={peer}
            now={tellsAgo(peer) ? now : 0}
            place={plan.places.get(peer.id)}
            level={plan.level}
            isHub={hubs.has(peer.id)}
            {...stop(peer.id)}
          />
        ))}
        {left > 0 && <RestSpot count={left} place={plan.places.get(rest)} {...stop(rest)} />}
      </svg>
      {activePeer !== undefined && <NameTag peer={activePeer} plan={plan} isHub={hubs.has(activePeer.id)} />}
    </div>
  )
})

/** Only of who is away it is said when it was seen: the others need not be drawn anew because time has passed. */
const tellsAgo = ({ state, removed }: PeerView) => state === 'offline' || removed !== null
