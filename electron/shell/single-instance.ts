import type { App } from 'electron'

/**
 * Whether this start is the only one for its data folder. When not, the running one has been told and this one must
 * end. `onAgain` runs each time the program is started again, or its icon is clicked in the macOS dock: the tray is
 * never the only door to the window.
 */
export function claimSingleInstance(app: Pick<App, 'requestSingleInstanceLock' | 'on'>, onAgain: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', onAgain)
  app.on('activate', onAgain)
  return true
}
