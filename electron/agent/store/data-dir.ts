import { accessSync, constants, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { FcnError } from '../errors.ts'

/** Where a node keeps everything when no folder was chosen; the same for desktop, headless and CLI. */
export function defaultDataDir(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  switch (platform) {
    case 'win32':
      return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Free Compute Node')
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Free Compute Node')
    default: {
      const base = env['XDG_CONFIG_HOME']
      // the XDG specification says that relative paths are to be ignored
      return join(base && isAbsolute(base) ? base : join(home, '.config'), 'free-compute-node')
    }
  }
}

/**
 * Makes the folder, readable by its owner only. One that was there keeps its rights (it may be /tmp): what is kept in it is
 * closed file by file. Throws `unreadable_settings` when it cannot be made or written, or is no folder.
 */
export function prepareDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    accessSync(dataDir, constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw new FcnError('unreadable_settings', `The data folder ${dataDir} cannot be made or written.`, {
      action: 'Choose another folder with --data, or mend its permissions.',
      cause,
    })
  }
}
