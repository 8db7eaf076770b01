import { useTranslation } from 'react-i18next'
import { capabilityName, type CapabilityName } from '../../../electron/contract/capability.ts'
import type { WhyNot } from '../../../electron/contract/routing.ts'
import type { OfferedCapability, PeerView } from '../../../electron/contract/snapshot.ts'
import { useChoice } from '../../store/use-choice.ts'
import { useCapabilityName } from '../../ui/capability-name.ts'
import { Offers } from '../../ui/offers.tsx'
import { type Mark, StateMark } from '../../ui/state-mark.tsx'

/** What a peer offers, and for each thing whether this computer would ask it, or why not. */
export function PeerServes({ peer }: { peer: PeerView }) {
  const { t } = useTranslation('peers')
  const offered = peer.capabilities.flatMap(({ name, state }: OfferedCapability) => {
    const known = capabilityName.safeParse(name)
    return known.success && state !== 'off' ? [known.data] : []
  })
  return (
    <section aria-label={t('offers')}>
      <h3>{t('offers')}</h3>
      <Offers offers={peer.capabilities} />
      {peer.kind === 'node' && peer.removed === null && offered.length > 0 && (
        <ul className="drawer-services" aria-label={t('usedHere')}>
          {offered.map((name) => (
            <Line key={name} name={name} peer={peer} />
          ))}
        </ul>
      )}
    </section>
  )
}

const markOf = (why: WhyNot | undefined): Mark => (why === undefined ? 'online' : why === 'offline' || why === 'paused' ? why : 'removed')

function Line({ name, peer }: { name: CapabilityName; peer: PeerView }) {
  const { t } = useTranslation(['peers', 'common'])
  const word = useCapabilityName()(name)
  const { choice } = useChoice(name)
  const candidate = choice?.candidates.find(({ id }) => id === peer.id)
  const why = choice?.leftOut.find(({ id }) => id === peer.id)?.why
  if (candidate === undefined && why === undefined) return null
  const underWay = candidate?.underWay ?? 0
  const order = candidate && (candidate.tier === 0 ? t('serves.first') : t('serves.later'))
  return (
    <li>
      <StateMark mark={markOf(why)} size={12} />
      <span className="grow">{word}</span>
      <small>
        {why !== undefined && t(`common:whyNot.${why}`)}
        {order !== undefined && (underWay > 0 ? t('serves.withWork', { order, count: underWay }) : order)}
      </small>
    </li>
  )
}
