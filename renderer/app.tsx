import { DirectionProvider, MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { lazy } from 'react'
import { Redirect, Route, Router, Switch } from 'wouter'
import { Dialogs } from './dialogs.tsx'
import { FirstScreen } from './first-screen.tsx'
import { Splash } from './splash.tsx'
import { useHasSnapshot, useLink } from './store/app-context.ts'
import { OpenedDialog } from './opened-dialog.tsx'
import { RequestToasts } from './request-toasts.tsx'
import { LinkBanner } from './shell/link-banner.tsx'
import { useHashPath, useHashQuery } from './shell/hash-location.ts'
import { ScreenGuard } from './shell/screen-guard.tsx'
import { Shell } from './shell/shell.tsx'
import { cssVariablesResolver, theme } from './ui/theme.ts'
import { UserChoices } from './user-choices.tsx'

const Setup = lazy(() => import('./features/setup/setup.tsx'))
const Peers = lazy(() => import('./features/peers/peers.tsx'))
const Capabilities = lazy(() => import('./features/capabilities/capabilities.tsx'))
const Models = lazy(() => import('./features/models/models.tsx'))
const Services = lazy(() => import('./features/services/services.tsx'))
const Activity = lazy(() => import('./features/activity/activity.tsx'))
const Doctor = lazy(() => import('./features/doctor/doctor.tsx'))
const Diagnostics = lazy(() => import('./features/diagnostics/diagnostics.tsx'))
const About = lazy(() => import('./features/about/about.tsx'))
const Settings = lazy(() => import('./features/settings/settings.tsx'))

/** The window. Addresses are in the hash, so that they work from a file, a custom protocol and a server alike. */
export function App() {
  return (
    <DirectionProvider>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
        <Notifications position="bottom-right" limit={3} />
        {/* oxlint-disable-next-line react/hooks -- wouter takes its location as a hook */}
        <Router hook={useHashPath} searchHook={useHashQuery}>
          <Window />
        </Router>
      </MantineProvider>
    </DirectionProvider>
  )
}

function Window() {
  const link = useLink()
  const known = useHasSnapshot()
  if (link.kind === 'refused' || !known) return <Splash link={link} />
  return (
    <UserChoices>
      <LinkBanner />
      <RequestToasts />
      <OpenedDialog />
      <Switch>
        <Route path="/setup">
          <ScreenGuard>
            <Setup />
          </ScreenGuard>
        </Route>
        <Route component={Screens} />
      </Switch>
      <Dialogs />
    </UserChoices>
  )
}

function Screens() {
  return (
    <Shell>
      <ScreenGuard>
        <Switch>
          <Route path="/peers/:id?">{({ id }) => <Peers selected={id === undefined ? null : decoded(id)} />}</Route>
          <Route path="/capabilities/:name?">{({ name }) => <Capabilities selected={name ?? null} />}</Route>
          <Route path="/models/programs">
            <Models tab="programs" />
          </Route>
          <Route path="/models/usage">
            <Models tab="usage" />
          </Route>
          <Route path="/models/of/:name/try">
            {({ name }) => <Models tab="models" selected={{ name: decoded(name), part: 'trial' }} />}
          </Route>
          <Route path="/models/of/:name">{({ name }) => <Models tab="models" selected={{ name: decoded(name), part: 'details' }} />}</Route>
          <Route path="/models">
            <Models tab="models" />
          </Route>
          <Route path="/services" component={Services} />
          <Route path="/activity/requests">
            <Activity tab="requests" />
          </Route>
          <Route path="/activity">
            <Activity tab="audit" />
          </Route>
          <Route path="/activity/:peer">
            {({ peer }) => <Redirect to={`/activity?peer=${encodeURIComponent(decoded(peer))}`} replace />}
          </Route>
          <Route path="/settings/doctor" component={Doctor} />
          <Route path="/settings/:group?">{({ group }) => <Settings group={group ?? null} />}</Route>
          <Route path="/diagnostics" component={Diagnostics} />
          <Route path="/about" component={About} />
          <Route component={FirstScreen} />
        </Switch>
      </ScreenGuard>
    </Shell>
  )
}

/** Ids of legacy peers are URLs and names of models have slashes, so they are escaped in an address. What a person typed wrong is taken as it is. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
