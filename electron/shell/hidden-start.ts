import type { App } from 'electron'

/** What the system adds to the command line when it starts the program at login. */
export const hiddenFlag = '--hidden'

/** Whether the system started the program at login: then no window and no dock icon. macOS passes no arguments, but says so. */
export const startsHidden = ({
  hidden,
  app,
  platform,
}: {
  hidden: boolean
  app: Pick<App, 'getLoginItemSettings'>
  platform: NodeJS.Platform
}): boolean => hidden || (platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin)
