/** Parts of the first screen. */
import '../../../renderer/features/overview/overview.css'
import { HealthBanner } from '../../../renderer/features/overview/health-banner.tsx'
import { WaitingStrips } from '../../../renderer/features/overview/waiting-strips.tsx'
import { InUse } from '../../../renderer/features/overview/in-use.tsx'
import { NodeHeader } from '../../../renderer/features/overview/node-header.tsx'
import { TrafficCard } from '../../../renderer/features/overview/traffic/traffic-card.tsx'
import { filmClub, fixtureTime, maple } from '../../fixtures/household-peers.ts'
import { busy, calm } from '../../fixtures/snapshot.ts'
import { stillTraffic, youngTraffic } from '../../fixtures/traffic.ts'
import type { Exhibit, ExhibitState } from '../exhibit.ts'

const header = (snapshot: ExhibitState['snapshot']): ExhibitState => ({
  show: () => <NodeHeader actions={null} />,
  ...(snapshot && { snapshot }),
})
const inState = (state: 'paused' | 'alone' | 'starting', more: Partial<ReturnType<typeof calm>> = {}) =>
  calm({ node: { ...calm().node, state }, ...more })
const traffic = () => <TrafficCard meshes={[maple, filmClub]} />

export const overviewExhibits: Exhibit[] = [
  {
    id: 'node-header',
    title: 'This node in a sentence',
    kind: 'sheet',
    states: {
      online: header(undefined),
      'a request waits': header(busy()),
      paused: header(
        inState('paused', { sharing: { ...calm().sharing, pause: { until: fixtureTime + 49 * 60_000, since: fixtureTime } } }),
      ),
      alone: header(inState('alone')),
      starting: header(inState('starting')),
    },
  },
  {
    id: 'traffic',
    title: 'Traffic',
    kind: 'sheet',
    states: {
      busy: { show: traffic },
      'just started': { show: traffic, answers: { 'traffic.history': youngTraffic } },
      still: { show: traffic, answers: { 'traffic.history': stillTraffic } },
      waiting: { show: traffic, pending: ['traffic.history'] },
      refused: { show: traffic, answers: { 'traffic.history': { error: { code: 'internal', message: 'The node could not tell.' } } } },
    },
  },
  {
    id: 'in-use',
    title: 'What is in use',
    kind: 'sheet',
    states: { 'two ways': { show: () => <InUse /> }, nothing: { show: () => <InUse />, snapshot: calm({ rates: {} }) } },
  },
  {
    id: 'waiting',
    title: 'What waits for somebody',
    kind: 'sheet',
    states: {
      'a request and a join': { show: () => <WaitingStrips />, snapshot: busy() },
      'a request': { show: () => <WaitingStrips />, snapshot: busy({ joins: {} }) },
      nothing: { show: () => <WaitingStrips />, snapshot: calm() },
    },
  },
  {
    id: 'health',
    title: 'Health',
    kind: 'sheet',
    states: {
      'a warning': { show: () => <HealthBanner />, snapshot: busy() },
      'all is well': { show: () => <HealthBanner />, snapshot: calm() },
    },
  },
]
