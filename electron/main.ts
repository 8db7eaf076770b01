/**
 * The desktop app: wires the node to tray, window and IPC inside Electron's main process. No logic here.
 * Run by Electron; headless.ts is the same node without it.
 */
import { app, dialog, ipcMain, powerMonitor, protocol, safeStorage, session, shell, utilityProcess } from 'electron'
import Store from 'electron-store'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { toFcnError } from './agent/errors.ts'
import { systemClock as clock } from './agent/support/clock.ts'
import { bindCalls } from './ipc/bind-calls.ts'
import { parseArguments, type StartArguments, usage } from './process/arguments.ts'
import { failureText } from './process/failure-text.ts'
import { fatalText, onFatalErrors } from './process/fatal-errors.ts'
import { logPathIn } from './process/log-file.ts'
import { dataDirOf, openNode } from './process/open-node.ts'
import { stopInTime } from './process/stop-in-time.ts'
import { version } from './process/version.ts'
import { appOrigin, registerAppScheme, serveApp } from './shell/app-protocol.ts'
import { createAutostart } from './shell/autostart.ts'
import { followLinks } from './shell/deep-link.ts'
import { createDoor, type Door } from './shell/door.ts'
import { utilityEngine } from './shell/engine-process.ts'
import { createFace } from './shell/face.ts'
import { startsHidden } from './shell/hidden-start.ts'
import { openKeyVault } from './shell/key-vault.ts'
import { lockDown } from './shell/lockdown.ts'
import { desktopPresence } from './shell/presence.ts'
import { orderQuit } from './shell/quit-order.ts'
import { claimSingleInstance, wantedBy } from './shell/single-instance.ts'
import { trayWarnings, watchSurroundings } from './shell/surroundings.ts'
import { openAppUpdates } from './shell/updates/app-updates.ts'

const { platform, env, execPath } = process
const pageDir = join(import.meta.dirname, '../renderer')
const preload = join(import.meta.dirname, '../preload/preload.cjs')
const assets = join(app.getAppPath(), 'assets')
const icon = join(assets, 'icon.png')

/** All that Electron takes only before it is ready; false when the program runs already and has been told. */
function prepare(args: StartArguments, door: Door): boolean {
  app.setPath('userData', join(dataDirOf(args), 'electron'))
  app.enableSandbox()
  // what Windows shows notifications under: `appId` of electron-builder.yml
  if (platform === 'win32') app.setAppUserModelId('example.free-compute-node.app')
  registerAppScheme(protocol)
  if (!claimSingleInstance(app, door.show)) return false
  followLinks(app, door.show, { platform, env, execPath })
  return true
}

async function run(args: StartArguments): Promise<void> {
  const door = createDoor()
  if (!prepare(args, door)) return app.exit(0)
  await app.whenReady()

  const keyVault = await openKeyVault({ safeStorage, clock })
  const desktop = desktopPresence({ monitor: powerMonitor, clock }, { platform, session: env['XDG_SESSION_TYPE'] })
  const autostart = createAutostart({ app }, { platform, env, home: homedir(), execPath, icon, dataDir: args.dataDir })
  const updates = openAppUpdates(app, { platform, env, dataDir: dataDirOf(args), version, resources: process.resourcesPath })
  const engine = { start: utilityEngine(utilityProcess, join(import.meta.dirname, 'engine.js')), folders: [app.getAppPath()] }
  const { node, log, logPath } = openNode(args, {
    ...{ face: 'desktop', Store, pageDir, keyVault, desktop, autostart, updates, engine },
    warnings: () => trayWarnings(trayHost, env),
  })
  const trayHost = watchSurroundings({ clock, log }, { platform, env, uid: process.getuid?.() })
  const face = createFace({ clock, log, node, trayHost }, { assets, preload, icon, logPath })
  let stopping = false
  let endUpdates = () => {}
  const stop = () => {
    stopping = true
    endUpdates()
    face.close()
    return stopInTime(node, { clock, log })
  }
  orderQuit(app, stop)
  onFatalErrors(process, { log, giveUp: (error) => void stop().finally(() => giveUp(error, logPath)) })

  const openInBrowser = (url: string) => {
    shell.openExternal(url).catch((error: unknown) => log.warn({ error }, 'The browser could not be opened.'))
  }
  lockDown(app, session.defaultSession, openInBrowser, [updates.view().page])
  serveApp(protocol, pageDir)
  bindCalls({ ipcMain, node, log }, { origin: appOrigin })

  try {
    await node.start()
  } catch (error) {
    // asked to stop while it started: what is not there any more is no failure
    if (stopping) return
    face.close()
    throw error
  }
  if (stopping) return
  face.nodeRuns()
  endUpdates = updates.follow({
    ...{ log, windowIsOpen: face.windowIsOpen },
    node: {
      ...{ snapshot: node.snapshot, changes: node.changes },
      async start() {
        await node.start()
        face.nodeRuns()
      },
    },
    stopNode() {
      face.nodeRests()
      return stopInTime(node, { clock, log })
    },
  })
  const isQuiet = updates.startsQuietly || startsHidden({ app, platform, hidden: args.hidden })
  const wanted = isQuiet ? null : wantedBy(process.argv.slice(1))
  if (wanted === null) app.dock?.hide()
  else door.show(wanted.place)
  door.leadsTo(face.show)
}

/** Says why, and ends the program with the error's own exit code. */
function giveUp(thrown: unknown, logPath: string | null): void {
  const error = toFcnError(thrown)
  const text = error.code === 'internal' && logPath !== null ? fatalText(error, logPath) : failureText(error)
  process.stderr.write(`${text}\n`)
  dialog.showErrorBox('Free Compute Node has stopped', text)
  app.exit(error.exitCode)
}

function main(): void {
  try {
    const args = parseArguments(process.argv.slice(1), 'ignore')
    // not awaited: Electron becomes ready only after this module has been evaluated
    if (!args.help && !args.version) return void run(args).catch((error: unknown) => giveUp(error, logPathIn(dataDirOf(args))))
    process.stdout.write(args.help ? usage : `${version}\n`)
    app.exit(0)
  } catch (error) {
    giveUp(error, null)
  }
}

main()
