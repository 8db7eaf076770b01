import type { App } from 'electron'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { systemClock as clock } from '../../agent/support/clock.ts'
import { systemRandom as random } from '../../agent/support/random.ts'
import { downloadPage } from '../../agent/updates.ts'
import { openMemoryFile } from './memory-file.ts'
import type { UpdateSource } from './update-source.ts'
import { updateWay } from './update-way.ts'
import { createUpdates, type DesktopUpdates } from './updates.ts'

/** What the release workflow writes into the package.json of what it packs. */
const releaseFacts = z.object({
  /** Public key of the program's makers, P-256, SPKI in Base64. Without it nothing is ever replaced. */
  updateKey: z.string().min(1).max(1024).optional().catch(undefined),
  downloadPage: z.url().max(512).catch(downloadPage),
})

interface AppUpdatesOptions {
  platform: NodeJS.Platform
  env: NodeJS.ProcessEnv
  dataDir: string
  version: string
  /** Where Electron keeps what lies beside the packed program. */
  resources: string
}

/** Newer versions of the running app, as its package says they come. */
export function openAppUpdates(app: App, { platform, env, dataDir, version, resources }: AppUpdatesOptions): DesktopUpdates {
  const { updateKey, downloadPage: page } = factsIn(join(app.getAppPath(), 'package.json'))
  const packaged = app.isPackaged
  const way = updateWay({
    ...{ platform, env, packaged, hasKey: updateKey !== undefined },
    hasSource: packaged && existsSync(join(resources, 'app-update.yml')),
    packageType: packaged ? textOf(join(resources, 'package-type')) : null,
  })
  const quit = () => {
    const appImage = env['APPIMAGE']
    // the other installers start the new version themselves
    if (platform === 'linux' && appImage !== undefined) app.relaunch({ execPath: appImage, args: process.argv.slice(1) })
    app.quit()
  }
  const key = way === 'unsigned' || way === 'checkout' ? undefined : updateKey
  return createUpdates(
    {
      ...{ clock, random, memoryFile: openMemoryFile(dataDir) },
      openSource: (log) =>
        key === undefined
          ? null
          : onFirstUse(async () => {
              const { createElectronSource, updaterFor } = await import('./electron-source.ts')
              return createElectronSource({ clock, log, updater: updaterFor(platform), quit }, { key })
            }),
    },
    { way, version, page },
  )
}

/** electron-updater takes a fifth of a second of processor time to load: not while the program starts. */
function onFirstUse(open: () => Promise<UpdateSource>): UpdateSource {
  let opened: Promise<UpdateSource> | null = null
  const source = () => (opened ??= open())
  return {
    find: async (signal) => (await source()).find(signal),
    download: async (onPercent, signal) => (await source()).download(onPercent, signal),
    install: async () => (await source()).install(),
  }
}

function factsIn(file: string): z.infer<typeof releaseFacts> {
  const text = textOf(file)
  return releaseFacts.parse(text === null ? {} : JSON.parse(text))
}

/** Null when there is no such file. */
function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return null
  }
}
