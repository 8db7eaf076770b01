import { useTranslation } from 'react-i18next'
import type { PeerView } from '../../../../electron/contract/snapshot.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { standingOf } from '../../../store/peer-standing.ts'
import { usePeerText } from '../../../store/peer-text.ts'
import { useNow } from '../../../store/use-now.ts'
import { PathMark, pathOf } from '../../../ui/path-mark.tsx'
import { StateWord } from '../../../ui/state-mark.tsx'
import type { Plan } from './plan.ts'

/** Name, state and way of the node under the pointer or with the focus. The link itself says the same to those who hear the page. */
export function NameTag({ peer, plan, isHub }: { peer: PeerView; plan: Plan; isHub: boolean }) {
  const { t } = useTranslation('common')
  const format = useFormat()
  const { word, path } = usePeerText()(peer, useNow())
  const place = plan.places.get(peer.id)
  if (place === undefined) return null
  const isLow = place.y > plan.height / 2
  const side = place.x < plan.width * 0.28 ? 'start' : place.x > plan.width * 0.72 ? 'end' : 'middle'
  const edge = isLow ? place.y - place.radius - 8 : place.y + place.radius + 8
  const latency = peer.path?.latencyMs ?? null
  return (
    <div
      className="topology-tag"
      aria-hidden
      data-low={isLow || undefined}
      data-side={side}
      style={{ left: `${(place.x / plan.width) * 100}%`, top: `${(edge / plan.height) * 100}%` }}
    >
      <b>
        {peer.name} {isHub && <small>{t('hub')}</small>}
      </b>
      <StateWord mark={standingOf(peer)}>{word}</StateWord>
      <span className="tag-path">
        <PathMark path={pathOf(peer.path)} size={20} />
        {format.facts([path, latency !== null && format.latency(latency)])}
      </span>
    </div>
  )
}
