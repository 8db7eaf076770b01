/** Whole screens: with nothing, in use, waiting for an answer, refused. */
import type { ReactNode } from 'react'
import type { CallName } from '../../../electron/contract/calls.ts'
import { setupPage } from '../../../electron/contract/setup.ts'
import type { Failure } from '../../../electron/contract/failure.ts'
import About from '../../../renderer/features/about/about.tsx'
import Activity from '../../../renderer/features/activity/activity.tsx'
import Capabilities from '../../../renderer/features/capabilities/capabilities.tsx'
import Diagnostics from '../../../renderer/features/diagnostics/diagnostics.tsx'
import Doctor from '../../../renderer/features/doctor/doctor.tsx'
import { Overview } from '../../../renderer/features/overview/overview.tsx'
import Peers from '../../../renderer/features/peers/peers.tsx'
import Services from '../../../renderer/features/services/services.tsx'
import Settings from '../../../renderer/features/settings/settings.tsx'
import Setup from '../../../renderer/features/setup/setup.tsx'
import { Shell } from '../../../renderer/shell/shell.tsx'
import { idFor } from '../../fixtures/household-peers.ts'
import { busy, firstRun } from '../../fixtures/snapshot.ts'
import type { Exhibit, ExhibitState } from '../exhibit.ts'

const framed = (screen: ReactNode) => () => <Shell>{screen}</Shell>
const refused: { error: Failure } = { error: { code: 'internal', message: 'The node could not read its database.' } }

/** A screen with nothing, in use, and, where it asks for more than the state, waiting and refused. */
const screen = (id: string, title: string, show: ReactNode, asks?: CallName): Exhibit => ({
  id: `screen-${id}`,
  title: `Screen: ${title}`,
  kind: 'window',
  states: {
    empty: { show: framed(show), snapshot: firstRun(), answers: { 'audit.list': [], 'route.list': [] } },
    calm: { show: framed(show) },
    busy: { show: framed(show), snapshot: busy() },
    away: { show: framed(show), link: { kind: 'reconnecting' } },
    ...(asks &&
      ({ waiting: { show: framed(show), pending: [asks] }, refused: { show: framed(show), answers: { [asks]: refused } } } satisfies Record<
        string,
        ExhibitState
      >)),
  },
})

export const screenExhibits: Exhibit[] = [
  {
    id: 'setup',
    title: 'Screen: first steps',
    kind: 'window',
    states: Object.fromEntries(
      setupPage.options.map((page) => [page, { show: () => <Setup />, snapshot: firstRun({ setup: { state: 'open', page } }) }]),
    ),
  },
  screen('overview', 'Overview', <Overview />),
  screen('peers', 'Peers', <Peers selected={null} />),
  screen('peer', 'A peer', <Peers selected={idFor('oskar-desktop')} />),
  screen('capabilities', 'Capabilities', <Capabilities selected={null} />, 'route.explain'),
  screen('services', 'Services', <Services />),
  screen('audit', 'Activity, audit log', <Activity tab="audit" />, 'audit.list'),
  screen('requests', 'Activity, requests', <Activity tab="requests" />, 'route.list'),
  screen('settings', 'Settings', <Settings group={null} />),
  screen('diagnostics', 'Diagnostics', <Diagnostics />, 'diagnostics.collect'),
  screen('about', 'About', <About />),
  screen('doctor', 'Doctor', <Doctor />, 'doctor.run'),
]
