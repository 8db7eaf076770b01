import './overview.css'
import { Button } from '@mantine/core'
import { IconPlus, IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PauseBanner } from '../../shell/pause/pause-banner.tsx'
import { PauseControl } from '../../shell/pause/pause-control.tsx'
import { useDialogs, useSnapshot } from '../../store/app-context.ts'
import { meshesByAge } from '../../store/node-summary.ts'
import { buttonIcon } from '../../ui/icons.ts'
import { Page } from '../../ui/page.tsx'
import { FinishSetup } from './finish-setup.tsx'
import { FirstRun } from './first-run.tsx'
import { HealthBanner } from './health-banner.tsx'
import { MeshCard } from './mesh-card.tsx'
import { MeshesCard } from './meshes-card.tsx'
import { NodeHeader } from './node-header.tsx'
import { OfferedCard } from './offered-card.tsx'
import { WaitingStrips } from './waiting-strips.tsx'

/** What is true now and what to do next: state, what waits, the chosen mesh, what it offers, this computer. */
export function Overview() {
  const { t } = useTranslation()
  const { open } = useDialogs()
  const meshes = useSnapshot(meshesByAge)
  const fresh = useSnapshot(({ meshes, peers, joins }) =>
    [meshes, peers, joins].every((collection) => Object.keys(collection).length === 0),
  )
  const admin = meshes.some(({ role }) => role === 'admin')
  const [wanted, setWanted] = useState<string | null>(null)
  const mesh = meshes.find(({ id }) => id === wanted) ?? meshes[0] ?? null
  if (fresh)
    return (
      <Page>
        <FinishSetup />
        <HealthBanner />
        <FirstRun />
      </Page>
    )
  return (
    <Page>
      <NodeHeader
        actions={
          <>
            <PauseControl short />
            {admin ? (
              <Button variant="default" leftSection={<IconUserPlus {...buttonIcon} />} onClick={() => open({ kind: 'invite' })}>
                {t('invite')}
              </Button>
            ) : (
              <Button variant="default" onClick={() => open({ kind: 'create-mesh' })}>
                {t('createMesh')}
              </Button>
            )}
            <Button variant="default" leftSection={<IconPlus {...buttonIcon} />} onClick={() => open({ kind: 'join' })}>
              {t('joinMesh')}
            </Button>
          </>
        }
      />
      <FinishSetup />
      <PauseBanner />
      <WaitingStrips />
      <HealthBanner />
      <div className="overview-grid">
        <MeshCard mesh={mesh} meshes={meshes} onChoose={setWanted} />
        <OfferedCard mesh={mesh} />
        <MeshesCard meshes={meshes} />
      </div>
    </Page>
  )
}
