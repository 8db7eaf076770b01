/** The frame of all screens, and what is shown before there is one. */
import { LinkBanner } from '../../../renderer/shell/link-banner.tsx'
import { Shell } from '../../../renderer/shell/shell.tsx'
import { Splash } from '../../../renderer/splash.tsx'
import { PageHead } from '../../../renderer/ui/page-head.tsx'
import { Page } from '../../../renderer/ui/page.tsx'
import { SideDrawer } from '../../../renderer/ui/side-drawer.tsx'
import { busy, calm } from '../../fixtures/snapshot.ts'
import type { Exhibit, ExhibitState } from '../exhibit.ts'

const page = () => (
  <Shell>
    <Page>
      <PageHead title="A screen">One line that says what is true here.</PageHead>
    </Page>
  </Shell>
)

const nodeStates: Record<string, ExhibitState> = Object.fromEntries(
  (['starting', 'online', 'alone', 'paused', 'error'] as const).map((state) => [
    state,
    { show: page, snapshot: calm({ node: { ...calm().node, state } }) },
  ]),
)

const drawer = (
  <SideDrawer label="Details of a thing" onClose={() => undefined}>
    <header className="drawer-head">
      <h2>A thing</h2>
    </header>
    <div className="drawer-sections">
      <p>What there is to know of it.</p>
    </div>
  </SideDrawer>
)

export const frameExhibits: Exhibit[] = [
  {
    id: 'side-drawer',
    title: 'The drawer beside a screen',
    kind: 'window',
    states: {
      open: {
        show: () => (
          <Shell>
            <Page aside={drawer}>
              <PageHead title="A screen">One line that says what is true here.</PageHead>
            </Page>
          </Shell>
        ),
      },
    },
  },
  { id: 'shell', title: 'The frame', kind: 'window', states: { ...nodeStates, attention: { show: page, snapshot: busy() } } },
  {
    id: 'link',
    title: 'The way to the node',
    kind: 'window',
    states: {
      lost: {
        show: () => (
          <>
            <LinkBanner />
            {page()}
          </>
        ),
        link: { kind: 'reconnecting' },
      },
      'not yet': { show: () => <Splash link={{ kind: 'connecting' }} /> },
      refused: {
        show: () => <Splash link={{ kind: 'refused', failure: { code: 'unauthorized', message: 'This page is not signed in.' } }} />,
      },
    },
  },
]
