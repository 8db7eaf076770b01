import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { electronForLinux, electronForMac, iconForMac } from './stand-in.ts'

const root = join(import.meta.dirname, '../../..')
const builder = createRequire(import.meta.url).resolve('electron-builder/package.json')
/** What electron-builder itself uses. */
export const insideBuilder = createRequire(createRequire(builder).resolve('app-builder-lib/package.json'))

/** Longest that packing a folder may take, ms. */
const packLimit = 110_000

export interface Packed {
  /** The folder with everything. */
  folder: string
  /** What would be installed. */
  app: string
  /** Where the fuses are. */
  program: string
  asar: string
}

/** The built program, packed as `electron-builder --linux dir` does it, with a stand-in for Electron. */
export async function packForLinux(...options: string[]): Promise<Packed> {
  const folder = mkdtempSync(join(tmpdir(), 'fcn-packed-'))
  await pack(['--linux', 'dir', '--x64'], { folder, dist: electronForLinux(folder) }, options)
  const app = join(folder, 'linux-unpacked')
  return { folder, app, program: join(app, 'free-compute-node'), asar: join(app, 'resources/app.asar') }
}

/** The same for macOS, not signed and for one processor: it is told what a real one would be told, in its Info.plist. */
export async function packForMac(...options: string[]): Promise<Packed> {
  const folder = mkdtempSync(join(tmpdir(), 'fcn-packed-'))
  const icon = iconForMac(folder, readFileSync(join(root, 'assets/icon.png')))
  await pack(['--mac', 'dir', '--arm64', '-c.mac.identity=null', `-c.mac.icon=${icon}`], { folder, dist: electronForMac(folder) }, options)
  const app = join(folder, 'mac-arm64/Free Compute Node.app')
  return { folder, app, program: app, asar: join(app, 'Contents/Resources/app.asar') }
}

async function pack(target: string[], { folder, dist }: { folder: string; dist: string }, options: string[]): Promise<void> {
  const args = [
    ...[join(dirname(builder), 'cli.js'), ...target, '--publish', 'never'],
    ...[`-c.electronDist=${dist}`, '-c.electronVersion=45.4.1', `-c.directories.output=${folder}`, ...options],
  ]
  const env = { ...process.env, CI: '', CSC_IDENTITY_AUTO_DISCOVERY: 'false' }
  await promisify(execFile)(process.execPath, args, { cwd: root, timeout: packLimit, env })
}
