import type { App } from 'electron'
import { hiddenFlag } from './hidden-start.ts'

/**
 * Whether this start is the only one for its data folder. When not, the running one has been told and this one must
 * end. `onAgain` runs each time a person starts the program again, or clicks its icon in the macOS dock: the tray is
 * never the only door to the window. A start by the system at login is not by a person.
 */
export function claimSingleInstance(app: Pick<App, 'requestSingleInstanceLock' | 'on'>, onAgain: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', (_event, argv) => {
    if (!argv.includes(hiddenFlag)) onAgain()
  })
  app.on('activate', onAgain)
  return true
}
