import type { App } from 'electron'
import type { Place } from '../contract/place.ts'
import { linkAmong, placeOfLink } from './deep-link.ts'
import { hiddenFlag } from './hidden-start.ts'

/** What a start asks for: the place a link leads to, else the window as it is; null when the system started it at login. */
export function wantedBy(argv: readonly string[]): { place?: Place } | null {
  const link = linkAmong(argv)
  if (link !== null) return { place: placeOfLink(link) }
  return argv.includes(hiddenFlag) ? null : {}
}

/**
 * Whether this start is the only one for its data folder. When not, the running one has been told and this one must
 * end. `show` runs each time a person starts the program again, opens a link, or clicks its icon in the macOS dock: the tray
 * is never the only door to the window. A start by the system at login is not by a person.
 */
export function claimSingleInstance(app: Pick<App, 'requestSingleInstanceLock' | 'on'>, show: (place?: Place) => void): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', (_event, argv) => {
    const wanted = wantedBy(argv)
    if (wanted !== null) show(wanted.place)
  })
  app.on('activate', () => show())
  return true
}
