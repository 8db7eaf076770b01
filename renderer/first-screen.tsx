import { Redirect } from 'wouter'
import { Overview } from './features/overview/overview.tsx'
import { useSnapshot } from './store/app-context.ts'

/** What the window opens with: the setup until a person has gone through it or put it away, the Overview from then on. */
export function FirstScreen() {
  const open = useSnapshot(({ setup }) => setup.state === 'open')
  return open ? <Redirect to="/setup" replace /> : <Overview />
}
