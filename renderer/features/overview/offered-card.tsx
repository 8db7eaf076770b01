import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeshView } from '../../../electron/contract/snapshot.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { offeredBy } from '../../store/offered.ts'
import { useCapabilityName } from '../../ui/capability-name.ts'
import { rowIcon } from '../../ui/icons.ts'
import { CapabilityIcon } from '../../ui/glyph.tsx'
import { InUse } from './in-use.tsx'

/** What can be used in the chosen mesh, and what is being used now. */
export function OfferedCard({ mesh }: { mesh: MeshView | null }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const nameOf = useCapabilityName()
  const peers = useSnapshot((snapshot) =>
    Object.values(snapshot.peers).filter(({ meshes }) => (mesh === null ? meshes.length === 0 : meshes.includes(mesh.id))),
  )
  const own = useSnapshot(({ capabilities }) => capabilities)
  const offered = useMemo(() => offeredBy(peers, own), [peers, own])
  const title = mesh === null ? t('offeredByAll') : t('offeredIn', { mesh: mesh.name })
  return (
    <section className="card overview-side" aria-label={title}>
      <div>
        <div className="card-head">
          <h2>{title}</h2>
        </div>
        <ul className="offered">
          {offered.map(({ name, nodes, details }) => (
            <li key={name} data-none={nodes === 0 ? true : undefined}>
              <CapabilityIcon name={name} {...rowIcon} />
              <b>{nameOf(name)}</b>
              <span className="grow cut" title={format.list(details)}>
                {nodes === 0 ? t('offeredByNobody') : format.list(details)}
              </span>
              {nodes > 0 && <small className="num">{t('nodes', { count: nodes })}</small>}
            </li>
          ))}
        </ul>
      </div>
      <InUse />
    </section>
  )
}
