import { chmodSync, copyFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { AppImageUpdater } from 'electron-updater'

/**
 * electron-updater removes the old AppImage and then moves the new one to its place: when that fails (another disk that is
 * full, no right to the folder), no program is left. Here the new file is written beside the old one and takes its name in
 * one step, so there is always one of the two. It keeps the old name, under which starters and autostart entries know it.
 */
export class SafeAppImageUpdater extends AppImageUpdater {
  protected override doInstall(): boolean {
    const place = process.env['APPIMAGE'] ?? ''
    const { installerPath } = this
    if (!isAbsolute(place) || installerPath === null) throw new Error('It is not known where this AppImage lies.')
    const next = join(dirname(place), `.${basename(place)}.new`)
    try {
      copyFileSync(installerPath, next)
      chmodSync(next, 0o755)
      renameSync(next, place)
    } catch (error) {
      if (statSync(next, { throwIfNoEntry: false })?.isFile()) rmSync(next)
      throw error
    }
    return true
  }
}
