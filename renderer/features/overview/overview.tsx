import './overview.css'
import { useState } from 'react'
import { PauseBanner } from '../../shell/pause/pause-banner.tsx'
import { PauseControl } from '../../shell/pause/pause-control.tsx'
import { useLostAt, useSnapshot } from '../../store/app-context.ts'
import { meshesByAge } from '../../store/node-summary.ts'
import { useSaidWarning } from '../../store/use-node-sentence.ts'
import { Page } from '../../ui/page.tsx'
import { ComputerCard } from './computer-card.tsx'
import { FinishSetup } from './finish-setup.tsx'
import { FirstRun } from './first-run.tsx'
import { HealthBanner } from './health-banner.tsx'
import { JoinOrInvite } from './join-or-invite.tsx'
import { MeshCard } from './mesh-card.tsx'
import { MeshesCard } from './meshes-card.tsx'
import { NodeHeader } from './node-header.tsx'
import { OfferedCard } from './offered-card.tsx'
import { TrafficCard } from './traffic/traffic-card.tsx'
import { WaitingStrips } from './waiting-strips.tsx'

/** What is true now and what to do next: state, what waits, the chosen mesh, what it offers, traffic, this computer. */
export function Overview() {
  const stale = useLostAt() !== null
  const said = useSaidWarning()
  const state = useSnapshot(({ node }) => node.state)
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
      <div className="overview" data-stale={stale || undefined}>
        <NodeHeader
          actions={
            <>
              <PauseControl short />
              <JoinOrInvite mayInvite={admin} />
            </>
          }
        />
        <FinishSetup />
        {/* where nothing else is to be said first, the header says it */}
        {state === 'attention' && <PauseBanner />}
        <WaitingStrips />
        <HealthBanner said={said} />
        <div className="overview-grid">
          <MeshCard mesh={mesh} meshes={meshes} onChoose={setWanted} />
          <OfferedCard mesh={mesh} />
          <TrafficCard meshes={meshes} />
          <MeshesCard meshes={meshes} />
          <ComputerCard />
        </div>
      </div>
    </Page>
  )
}
