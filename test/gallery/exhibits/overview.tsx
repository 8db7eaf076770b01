/** Parts of the first screen. */
import '../../../renderer/features/overview/overview.css'
import { HealthBanner } from '../../../renderer/features/overview/health-banner.tsx'
import { WaitingStrips } from '../../../renderer/features/overview/waiting-strips.tsx'
import { busy, calm } from '../../fixtures/snapshot.ts'
import type { Exhibit } from '../exhibit.ts'

export const overviewExhibits: Exhibit[] = [
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
