/** The thin edge to electron-updater: no decisions beyond "is this signed". */
import { type AppUpdater, BaseUpdater, CancellationToken, MacUpdater, NsisUpdater } from 'electron-updater'
import { type Clock, sleep } from '../../agent/support/clock.ts'
import type { Logger } from '../../agent/support/logger.ts'
import { SafeAppImageUpdater } from './safe-app-image.ts'
import { checkRelease } from './signed-release.ts'
import type { UpdateSource } from './update-source.ts'

/** So long an installer may take to say that it cannot begin, ms. Windows ends a program that is still there after 1.3 s. */
const beginLimit = 1_000

interface ElectronSourceComponents {
  clock: Clock
  log: Logger
  updater: AppUpdater
  /** Ends the program, and where the installer does not do that by itself, starts the new one after it. */
  quit: () => void
}

/** The updater that fits this system; an app that does not replace itself only asks it what is new. */
export function updaterFor(platform: NodeJS.Platform): AppUpdater {
  if (platform === 'win32') return new NsisUpdater()
  return platform === 'darwin' ? new MacUpdater() : new SafeAppImageUpdater()
}

/** `key` is the public key of the program's makers (signed-release.ts). */
export function createElectronSource({ clock, log, updater, quit }: ElectronSourceComponents, { key }: { key: string }): UpdateSource {
  configure(updater, log)
  return {
    async find(signal) {
      const result = await updater.checkForUpdates()
      signal.throwIfAborted()
      if (result === null || !result.isUpdateAvailable) return null
      const { version } = await checkRelease(result.updateInfo, key)
      return { version }
    },
    async download(onPercent, signal) {
      const token = new CancellationToken()
      const cancel = () => token.cancel()
      const onProgress = ({ percent }: { percent: number }) => onPercent(percent)
      signal.addEventListener('abort', cancel, { once: true })
      updater.on('download-progress', onProgress)
      try {
        await updater.downloadUpdate(token)
      } finally {
        signal.removeEventListener('abort', cancel)
        updater.off('download-progress', onProgress)
      }
    },
    async install() {
      const over = new AbortController()
      const trouble = new Promise<never>((_resolve, reject) => updater.once('error', reject))
      try {
        await Promise.race([trouble, begin(updater) ? sleep(clock, beginLimit, over.signal) : trouble])
      } finally {
        over.abort()
      }
      quit()
    },
  }
}

/** electron-updater could quit by itself at once; then an installer that cannot begin would leave nothing running. */
function begin(updater: AppUpdater): boolean {
  if (updater instanceof BaseUpdater) return updater.install(true, true)
  // macOS: its own updater replaces the app once it has ended, and starts it again
  updater.quitAndInstall(true, true)
  return true
}

function configure(updater: AppUpdater, log: Logger): void {
  updater.autoDownload = false
  // installed in order, while nobody uses the node, and never on the way out
  updater.autoInstallOnAppQuit = false
  updater.allowDowngrade = false
  updater.disableWebInstaller = true
  // otherwise a number that names this copy would be sent with every look: where it stands in a roll-out, it decides itself
  updater.requestHeaders = { 'x-user-staging-id': 'none' }
  updater.logger = {
    info: (message: unknown) => log.debug({ said: String(message) }, 'electron-updater'),
    warn: (message: unknown) => log.info({ said: String(message) }, 'electron-updater'),
    error: (message: unknown) => log.info({ said: String(message) }, 'electron-updater'),
  }
  // each failure also rejects what was asked for; without a listener it would be thrown as well
  updater.on('error', () => undefined)
}
