/**
 * The desktop app: wires the node to tray, window and IPC inside Electron's main process. No logic here.
 * Run by Electron; headless.ts is the same node without it.
 */
import { app, dialog, ipcMain, Menu, powerMonitor, protocol, safeStorage, session, shell } from 'electron'
import Store from 'electron-store'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { toFcnError } from './agent/errors.ts'
import { systemClock as clock } from './agent/support/clock.ts'
import { bindCalls } from './ipc/bind-calls.ts'
import { createPublisher } from './ipc/publisher.ts'
import { parseArguments, type StartArguments, usage } from './process/arguments.ts'
import { failureText } from './process/failure-text.ts'
import { dataDirOf, openNode } from './process/open-node.ts'
import { stopInTime } from './process/stop-in-time.ts'
import { version } from './process/version.ts'
import { appOrigin, registerAppScheme, serveApp } from './shell/app-protocol.ts'
import { createAutostart } from './shell/autostart.ts'
import { startsHidden } from './shell/hidden-start.ts'
import { openKeyVault } from './shell/key-vault.ts'
import { lockDown } from './shell/lockdown.ts'
import { orderQuit } from './shell/quit-order.ts'
import { claimSingleInstance } from './shell/single-instance.ts'
import { followPower } from './shell/power.ts'
import { desktopPresence } from './shell/presence.ts'
import { createTray } from './shell/tray.ts'
import { createTrayActions } from './shell/tray-actions.ts'
import { openAppUpdates } from './shell/updates/app-updates.ts'
import { createMainWindow } from './shell/window.ts'

const pageDir = join(import.meta.dirname, '../renderer')
const preload = join(import.meta.dirname, '../preload/preload.cjs')
const assets = join(app.getAppPath(), 'assets')

/** All that Electron takes only before it is ready; false when the program runs already and has been told. */
function prepare(args: StartArguments, onAgain: () => void): boolean {
  app.setPath('userData', join(dataDirOf(args), 'electron'))
  app.enableSandbox()
  registerAppScheme(protocol)
  return claimSingleInstance(app, onAgain)
}

async function run(args: StartArguments): Promise<void> {
  let show = () => {}
  let removeTray = () => {}
  let endUpdates = () => {}
  let quitting = false
  if (!prepare(args, () => show())) return app.exit(0)
  await app.whenReady()

  const keyVault = await openKeyVault({ safeStorage, clock })
  const { platform, env, execPath } = process
  const desktop = desktopPresence(powerMonitor, { platform, session: env['XDG_SESSION_TYPE'] })
  const icon = join(assets, 'icon.png')
  const autostart = createAutostart({ app }, { platform, env, home: homedir(), execPath, icon, dataDir: args.dataDir })
  const resources = process.resourcesPath
  const updates = openAppUpdates(app, { platform, env, dataDir: dataDirOf(args), version, resources })
  const { node, log } = openNode(args, { face: 'desktop', Store, pageDir, keyVault, desktop, autostart, updates })
  orderQuit(app, () => {
    quitting = true
    removeTray()
    endUpdates()
    return stopInTime(node, { clock, log })
  })

  const openInBrowser = (url: string) => {
    shell.openExternal(url).catch((error: unknown) => log.warn({ error }, 'The browser could not be opened.'))
  }
  lockDown(app, session.defaultSession, openInBrowser, [updates.view().page])
  serveApp(protocol, pageDir)
  // macOS needs its menu for copy and paste; elsewhere it is only a bar in the way
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null)
  const window = createMainWindow({ log }, { preload, icon })
  bindCalls({ ipcMain, node, log }, { origin: appOrigin })
  createPublisher({ clock, changes: node.changes, page: window })

  followPower(powerMonitor, { node, log })
  await node.start()
  if (quitting) return
  removeTray = createTray({ clock, node, act: createTrayActions({ node, window, log, quit: () => app.quit() }) }, { assets })
  show = () => {
    void app.dock?.show()
    window.show()
  }
  const stopNode = () => stopInTime(node, { clock, log })
  endUpdates = updates.follow({ node, log, windowIsOpen: window.isOpen, stopNode })
  if (startsHidden({ app, platform, hidden: args.hidden || updates.startsQuietly })) app.dock?.hide()
  else show()
}

function giveUp(thrown: unknown): void {
  const error = toFcnError(thrown)
  process.stderr.write(`${failureText(error)}\n`)
  dialog.showErrorBox('Free Compute Node could not start', failureText(error))
  app.exit(error.exitCode)
}

async function main(): Promise<void> {
  const args = parseArguments(process.argv.slice(1), 'ignore')
  if (!args.help && !args.version) return run(args)
  process.stdout.write(args.help ? usage : `${version}\n`)
  app.exit(0)
}

// not awaited: Electron becomes ready only after this module has been evaluated
main().catch(giveUp)
