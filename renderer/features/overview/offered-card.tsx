import { IconArrowRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { MeshView } from '../../../electron/contract/snapshot.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { peersOfMesh } from '../../store/node-summary.ts'
import { offeredBy } from '../../store/offered.ts'
import { useCapabilityName } from '../../ui/capability-name.ts'
import { iconOfCapability, rowIcon } from '../../ui/icons.ts'
import { ResourceMeters } from '../../ui/resource-meters.tsx'

/** What can be used in the chosen mesh, and how this computer is doing. */
export function OfferedCard({ mesh }: { mesh: MeshView | null }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const nameOf = useCapabilityName()
  const peers = useSnapshot((snapshot) => peersOfMesh(snapshot, mesh?.id ?? ''))
  const own = useSnapshot(({ capabilities }) => capabilities)
  const resources = useSnapshot((snapshot) => snapshot.resources)
  const title = mesh === null ? t('offeredByAll') : t('offeredIn', { mesh: mesh.name })
  return (
    <section className="card overview-side" aria-label={title}>
      <div className="card-head">
        <h2>{title}</h2>
      </div>
      <ul className="offered">
        {offeredBy(peers, own).map(({ name, nodes, details }) => {
          const Icon = iconOfCapability(name)
          return (
            <li key={name} data-none={nodes === 0 ? true : undefined}>
              <Icon {...rowIcon} />
              <b>{nameOf(name)}</b>
              <span className="grow cut">{nodes === 0 ? t('offeredByNobody') : format.list(details)}</span>
              {nodes > 0 && <small className="num">{t('nodes', { count: nodes })}</small>}
            </li>
          )
        })}
      </ul>
      <div className="card-head second">
        <h2>{t('thisComputer')}</h2>
        <span className="grow" />
        <Link className="more" href="/capabilities">
          {t('toCapabilities')} <IconArrowRight size={14} aria-hidden />
        </Link>
      </div>
      {resources === null ? <p className="none">{t('measuring')}</p> : <ResourceMeters resources={resources} />}
    </section>
  )
}
