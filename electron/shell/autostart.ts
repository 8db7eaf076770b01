import type { App } from 'electron'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import { type Autostart, byHandOnly } from '../agent/autostart.ts'
import { FcnError } from '../agent/errors.ts'
import { desktopEntry, readDesktopEntry } from './desktop-entry.ts'
import { hiddenFlag } from './hidden-start.ts'

type LoginItems = Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>

interface AutostartComponents {
  app: LoginItems & Pick<App, 'isPackaged' | 'getAppPath'>
}

interface AutostartOptions {
  platform: NodeJS.Platform
  env: NodeJS.ProcessEnv
  home: string
  /** The running program. */
  execPath: string
  /** The data folder when it is not the usual one: what starts at login must be this node. */
  dataDir?: string
  icon: string
}

/**
 * Starting with the system, switched by a person only: nothing here runs unasked, and an update brings nothing back. The
 * login items of macOS and Windows are Electron's to write; Linux desktops have a folder of entries.
 */
export function createAutostart({ app }: AutostartComponents, options: AutostartOptions): Autostart {
  const { platform, env, home, execPath, dataDir, icon } = options
  const command = startCommand({ packaged: app.isPackaged, execPath, appPath: app.getAppPath(), appImage: env['APPIMAGE'], dataDir })
  if (platform === 'win32') return windowsLoginItem(app, command)
  if (platform === 'darwin') return app.isPackaged ? macLoginItem(app) : byHandOnly({ why: onlyInstalled, recipe: null })
  return entryInFolder({ file: entryFile(env, home), command, icon })
}

const onlyInstalled = 'macOS starts installed apps only, and this one runs from a folder of its source.'

/** Program and arguments of a start at login. An AppImage is started by its own path, not by what it unpacked. */
export function startCommand({
  packaged,
  execPath,
  appPath,
  appImage,
  dataDir,
}: {
  packaged: boolean
  execPath: string
  appPath: string
  appImage: string | undefined
  dataDir: string | undefined
}): [program: string, ...args: string[]] {
  const program = packaged && appImage !== undefined && isAbsolute(appImage) ? appImage : execPath
  return [program, ...(packaged ? [] : [appPath]), hiddenFlag, ...(dataDir === undefined ? [] : ['--data', dataDir])]
}

/** macOS passes no arguments at login, but says that it was one (`wasOpenedAtLogin`). */
function macLoginItem(app: LoginItems): Autostart {
  return {
    async read() {
      const { openAtLogin, status } = app.getLoginItemSettings()
      const blocked = status === 'requires-approval'
      const why = blocked ? 'macOS waits for you: allow it in System Settings, General, Login Items.' : null
      return { supported: true, enabled: openAtLogin && !blocked, why, recipe: null }
    },
    set: async (enabled) => app.setLoginItemSettings({ openAtLogin: enabled }),
  }
}

function windowsLoginItem(app: LoginItems, [program, ...plain]: [string, ...string[]]): Autostart {
  // Windows keeps one line of text, so what has a space needs its quotes
  const args = plain.map((argument) => (/\s/u.test(argument) ? `"${argument}"` : argument))
  return {
    async read() {
      const { openAtLogin, executableWillLaunchAtLogin } = app.getLoginItemSettings({ path: program, args })
      const why = openAtLogin && !executableWillLaunchAtLogin ? 'It is switched off in the Task Manager, under Startup apps.' : null
      return { supported: true, enabled: openAtLogin && executableWillLaunchAtLogin, why, recipe: null }
    },
    // `enabled` takes a refusal in the Task Manager back, for a person asked for it here
    set: async (enabled) => app.setLoginItemSettings({ openAtLogin: enabled, enabled, path: program, args }),
  }
}

interface EntryPlace {
  file: string
  command: readonly string[]
  icon: string
}

function entryInFolder({ file, command, icon }: EntryPlace): Autostart {
  return {
    async read() {
      const text = await textOf(file)
      const { enabled, command: found } = text === null ? { enabled: false, command: null } : readDesktopEntry(text)
      const other = enabled && found !== null && !sameCommand(found, command)
      const why = other ? `It starts another copy, ${found[0]}. Switch it off and on again to start this one.` : null
      return { supported: true, enabled, why, recipe: null }
    },
    async set(enabled) {
      try {
        if (!enabled) return await rm(file, { force: true })
        await mkdir(dirname(file), { recursive: true, mode: 0o700 })
        await writeFile(file, desktopEntry({ name: 'Free Compute Node', comment: 'Your computers, working together', command, icon }))
      } catch (cause) {
        throw new FcnError('invalid_input', `The autostart entry ${file} cannot be written.`, {
          action: 'See who owns that folder.',
          cause,
        })
      }
    },
  }
}

const sameCommand = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((part, index) => part === b[index])

/** As the XDG specification says: relative paths in the environment do not count. */
function entryFile(env: NodeJS.ProcessEnv, home: string): string {
  const base = env['XDG_CONFIG_HOME']
  return join(base !== undefined && isAbsolute(base) ? base : join(home, '.config'), 'autostart', 'free-compute-node.desktop')
}

/** Null when there is no such file. */
async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
