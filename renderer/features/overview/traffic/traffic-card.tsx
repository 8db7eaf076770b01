import './traffic.css'
import { UnstyledButton } from '@mantine/core'
import { useInViewport } from '@mantine/hooks'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeshView } from '../../../../electron/contract/snapshot.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { MeshChoice } from '../mesh-choice.tsx'
import { pointsOf } from './chart-scale.ts'
import { TrafficChart } from './traffic-chart.tsx'
import { TrafficTable } from './traffic-table.tsx'
import { useTraffic } from './use-traffic.ts'

/** In place of a mesh: all of them. */
const every = 'all'

/** What requests carried over the last quarter of an hour, in one mesh or in all, as a drawing or as a table. */
export function TrafficCard({ meshes }: { meshes: readonly MeshView[] }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const { ref, inViewport } = useInViewport<HTMLElement>()
  const { view, refresh } = useTraffic(inViewport)
  const [wanted, setWanted] = useState(every)
  const [isTable, setTable] = useState(false)
  const mesh = meshes.find(({ id }) => id === wanted) ?? null
  const points = useMemo(() => {
    if (view === null) return []
    const still = () => view.total.received.map(() => 0)
    return pointsOf(view, mesh === null ? view.total : (view.meshes[mesh.id] ?? { received: still(), sent: still() }))
  }, [view, mesh])
  const where = mesh?.name ?? (meshes.length === 1 ? (meshes[0]?.name ?? '') : t('traffic.allMeshes'))
  const most = (direction: 'received' | 'sent') => points.reduce((highest, point) => Math.max(highest, point[direction]), 0)
  const [received, sent] = [most('received'), most('sent')]
  const isStill = received + sent === 0
  const summary = isStill
    ? t('traffic.summaryStill', { where })
    : t('traffic.summary', { where, received: format.byteRate(received), sent: format.byteRate(sent) })
  const now = points.at(-1)
  return (
    <section ref={ref} className="card traffic-card" aria-label={t('traffic.title')}>
      <div className="card-head">
        <h2>{t('traffic.title')}</h2>
        <span className="card-sub">{t('traffic.subtitle', { where })}</span>
        <span className="grow" />
        {now && (
          <span className="traffic-now num">
            <span className="key key-in">{t('traffic.received', { rate: format.byteRate(now.received) })}</span>
            <span className="key key-out">{t('traffic.sent', { rate: format.byteRate(now.sent) })}</span>
          </span>
        )}
        {meshes.length > 1 && (
          <MeshChoice
            label={t('traffic.which')}
            chosen={mesh?.id ?? every}
            onChoose={setWanted}
            choices={[{ id: every, name: t('traffic.all') }, ...meshes]}
          />
        )}
      </div>
      {isTable ? <TrafficTable points={points} label={summary} /> : <TrafficChart points={points} summary={summary} />}
      <div className="traffic-foot">
        <p className="hint grow">{view !== null && isStill && t('traffic.still')}</p>
        <UnstyledButton className="more" c="var(--fcn-accent)" onClick={() => setTable(!isTable)}>
          {isTable ? t('asDrawing') : t('asTable')}
        </UnstyledButton>
      </div>
      <FailureText failure={refresh.failure} />
    </section>
  )
}
