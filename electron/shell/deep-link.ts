import type { App } from 'electron'
import { longestLink, overview, type Place } from '../contract/place.ts'

const scheme = 'fcn'

/** The first link among the arguments of a start; null when there is none. Links come from outside: they are only ever shown. */
export const linkAmong = (argv: readonly string[]): string | null => argv.find((argument) => /^fcn:/iu.test(argument)) ?? null

/**
 * Where a link leads: `fcn://join?…` to the dialog to join, which reads the invite and waits for a person; any other to the
 * window as it is, so that a click is never met with silence.
 */
export function placeOfLink(link: string): Place {
  const isInvite = /^fcn:\/\/join\/?\?/iu.test(link) && link.length <= longestLink
  // a browser may have written the scheme in capitals, which the invite's own form has not
  return isInvite ? { path: '/', opened: { open: 'join', invite: link.replace(/^fcn:\/\/join\/?/iu, 'fcn://join') } } : overview
}

interface LinkOptions {
  platform: NodeJS.Platform
  env: NodeJS.ProcessEnv
  execPath: string
}

/**
 * To be called before Electron is ready: macOS tells of a link by an event, also of the one that started the program. Windows
 * learns here who opens such links; elsewhere the package says so. What runs from a folder of its source stays out of it.
 */
export function followLinks(
  app: Pick<App, 'on' | 'isPackaged' | 'setAsDefaultProtocolClient'>,
  open: (place: Place) => void,
  { platform, env, execPath }: LinkOptions,
): void {
  app.on('open-url', (event, url) => {
    event.preventDefault()
    open(placeOfLink(url))
  })
  if (platform !== 'win32' || !app.isPackaged) return
  // the portable program unpacks itself to another place each time; after `--` nothing in a link can be taken for an option
  app.setAsDefaultProtocolClient(scheme, env['PORTABLE_EXECUTABLE_FILE'] ?? execPath, ['--'])
}
