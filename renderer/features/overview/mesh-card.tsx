import { Button, UnstyledButton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeshView } from '../../../electron/contract/snapshot.ts'
import { useDialogs, useSnapshot } from '../../store/app-context.ts'
import { createPeersByName } from '../../store/peers-by-name.ts'
import { Empty } from '../../ui/empty.tsx'
import { HouseMark } from '../../ui/house-mark.tsx'
import { PathMark } from '../../ui/path-mark.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { ratesWith } from '../../store/rates.ts'
import { MeshChoice } from './mesh-choice.tsx'
import { PeerTable } from './topology/peer-table.tsx'
import { Topology } from './topology/topology.tsx'

/** The chosen mesh as a drawing: this node, and the peers around it. */
export function MeshCard({ mesh, meshes, onChoose }: { mesh: MeshView | null; meshes: MeshView[]; onChoose: (id: string) => void }) {
  const { t } = useTranslation('overview')
  const { open } = useDialogs()
  const upright = useMediaQuery('(max-width: 719.98px)')
  const [byName] = useState(createPeersByName)
  const all = useSnapshot((snapshot) => snapshot.peers)
  const id = mesh?.id ?? ''
  const peers = useMemo(() => byName(all, id), [byName, all, id])
  const around = new Set(peers.map(({ id }) => id))
  const rates = useSnapshot((snapshot) => ratesWith(snapshot, (id) => around.has(id)))
  const self = useSnapshot(({ node }) => node)
  const isHub = useSnapshot(({ hubs }) => mesh !== null && hubs[mesh.id]?.on === true)
  const [isTable, setTable] = useState(false)
  const name = mesh?.name ?? t('noMesh')
  // hundreds of spots are drawn in pieces between two frames, so that a busy mesh never holds up a click
  const drawn = useDeferredValue(useMemo(() => ({ self, peers, rates, mesh: { id, name } }), [self, peers, rates, id, name]))
  return (
    <section className="card mesh-card" aria-label={name}>
      <div className="card-head">
        <h2 className="cut">{name}</h2>
        {mesh && <span className="card-sub">{t('onlineOf', { online: mesh.online, count: mesh.members })}</span>}
        <span className="grow" />
        {mesh !== null && meshes.length > 1 && <MeshChoice label={t('mesh')} chosen={mesh.id} onChoose={onChoose} choices={meshes} />}
      </div>
      {peers.length === 0 ? (
        <Empty
          mark={<HouseMark state="alone" size={72} />}
          title={t('nobodyYet')}
          actions={<Button onClick={() => open({ kind: 'join' })}>{t('joinAnother')}</Button>}
        >
          <p>{t('nobodyHelp', { url: self.urls[0] ?? `http://127.0.0.1:${self.port}` })}</p>
        </Empty>
      ) : (
        <>
          {isTable ? (
            <PeerTable peers={peers} mesh={drawn.mesh} />
          ) : (
            // another mesh is another drawing, in which nothing has a place yet
            <Topology key={drawn.mesh.id} {...drawn} isHub={isHub} upright={upright} />
          )}
          <div className="mesh-card-foot">
            {isTable ? (
              <span className="grow" />
            ) : (
              <Legend hasHubs={isHub || peers.some(({ path, hubOf }) => path?.kind === 'relayed' || hubOf.includes(id))} />
            )}
            <UnstyledButton className="more" c="var(--fcn-accent)" onClick={() => setTable(!isTable)}>
              {isTable ? t('asDrawing') : t('asTable')}
            </UnstyledButton>
          </div>
        </>
      )}
    </section>
  )
}

function Legend({ hasHubs }: { hasHubs: boolean }) {
  const { t } = useTranslation('overview')
  return (
    <div className="legend grow" aria-hidden>
      <span>
        <PathMark path="direct" /> {t('legend.direct')}
      </span>
      {hasHubs && (
        <span>
          <PathMark path="relayed" /> {t('legend.relayed')}
        </span>
      )}
      {(['checking', 'offline', 'legacy'] as const).map((mark) => (
        <span key={mark}>
          <StateMark mark={mark} size={12} /> {t(`legend.${mark}`)}
        </span>
      ))}
    </div>
  )
}
