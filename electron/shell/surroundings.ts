import type { FaceWarnings } from '../agent/face-warnings.ts'
import type { Clock } from '../agent/support/clock.ts'
import type { Logger } from '../agent/support/logger.ts'
import { createEmitter } from '../agent/support/signal.ts'
import { busPath } from './session-bus/bus-address.ts'
import { connectBus } from './session-bus/bus-connection.ts'
import { type TrayHostWatch, watchTrayHost } from './session-bus/tray-host.ts'
import { trayWarning } from './session-bus/tray-warning.ts'

interface SurroundingsOptions {
  platform: NodeJS.Platform
  env: NodeJS.ProcessEnv
  /** The user's id; absent on Windows. */
  uid: number | undefined
}

/** Whether this desktop has a place for the icon. macOS and Windows always have; Linux is asked, where it has a session bus. */
export function watchSurroundings(
  { clock, log }: { clock: Clock; log: Logger },
  { platform, env, uid }: SurroundingsOptions,
): TrayHostWatch {
  const path = platform === 'linux' ? busPath(env) : null
  if (path !== null && uid !== undefined) return watchTrayHost({ clock, log, connect: () => connectBus(path, { clock, uid }) })
  const never = createEmitter()
  return { host: () => (platform === 'linux' ? 'unknown' : 'present'), changed: never, appeared: never, stop: () => undefined }
}

/** The same as what the node tells people. */
export const trayWarnings = (watch: TrayHostWatch, env: NodeJS.ProcessEnv): FaceWarnings => ({
  changed: watch.changed,
  list() {
    const warning = trayWarning(watch.host(), env)
    return warning === null ? [] : [warning]
  },
})
