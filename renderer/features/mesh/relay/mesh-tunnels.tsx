import { useTranslation } from 'react-i18next'
import type { TunnelView } from '../../../../electron/contract/relay.ts'
import type { MeshView } from '../../../../electron/contract/snapshot.ts'
import { useFailureWords } from '../../../i18n/use-failure-words.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { useSnapshot } from '../../../store/app-context.ts'
import { useNow } from '../../../store/use-now.ts'
import { type Mark, StateMark } from '../../../ui/state-mark.tsx'

const marks: Record<TunnelView['state'], Mark> = { connecting: 'reconnecting', up: 'online', down: 'problem' }

/** The hubs through which this computer is reached, and how that stands. Nothing for a mesh of one, or on its only hub. */
export function MeshTunnels({ mesh }: { mesh: MeshView }) {
  const { t } = useTranslation('relay')
  const tunnels = useSnapshot((snapshot) =>
    Object.values(snapshot.tunnels)
      .filter(({ meshes }) => meshes.includes(mesh.id))
      .toSorted((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1)),
  )
  const isHub = useSnapshot(({ hubs }) => hubs[mesh.id]?.on === true)
  const hasHub = useSnapshot(({ peers }) => Object.values(peers).some(({ hubOf }) => hubOf.includes(mesh.id)))
  if (tunnels.length === 0 && (isHub || mesh.members < 2)) return null
  return (
    <section aria-label={t('tunnels')}>
      <h3>{t('tunnels')}</h3>
      <p className="quiet">{tunnels.length > 0 ? t('tunnelsHelp') : hasHub ? t('noTunnel') : t('noHub')}</p>
      {tunnels.length > 0 && (
        <ul className="tunnels">
          {tunnels.map((tunnel) => (
            <Line key={tunnel.id} tunnel={tunnel} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Line({ tunnel: { name, state, since, latencyMs, problem } }: { tunnel: TunnelView }) {
  const { t } = useTranslation('relay')
  const format = useFormat()
  const now = useNow()
  const wordsOf = useFailureWords()
  return (
    <li>
      <StateMark mark={marks[state]} size={13} />
      <div className="grow">
        <b>{name}</b>
        <small>{t(`tunnel.${state}`, { when: format.ago(since, now) })}</small>
        {problem !== null && <small>{wordsOf(problem).whole}</small>}
      </div>
      {latencyMs !== null && <span className="num quiet">{format.latency(latencyMs)}</span>}
    </li>
  )
}
