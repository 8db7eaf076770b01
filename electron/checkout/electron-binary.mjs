// @ts-check
/**
 * Finds Electron's own program, or says in one sentence why there is none to be had. The npm package brings only a
 * downloader; importing it would download without a limit, and throw.
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A slow line needs about two minutes for Electron's 110 MB; nobody should wait longer to see their node, ms. */
const downloadLimit = 180_000

/**
 * @typedef {{ platform: NodeJS.Platform, env: NodeJS.ProcessEnv, uid: number | undefined }} System
 * @typedef {{ program: string } | { reason: string }} Found
 */

/**
 * Why no window could be shown here, whether Electron is there or not.
 * @param {System} system
 * @returns {string | null} null when one can
 */
export function reasonWithoutDesktop({ platform, env, uid }) {
  if (platform !== 'linux') return null
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return 'there is no display'
  if (uid === 0) return 'Electron does not run as root'
  return null
}

/**
 * The program, if it was installed completely.
 * @param {string} root folder of package.json
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | null}
 */
export function installedElectron(root, env) {
  const folder = join(root, 'node_modules/electron')
  const pathFile = join(folder, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron'
  const program = join(env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), name)
  return existsSync(program) ? program : null
}

/**
 * The program, downloaded if need be.
 * @param {string} root
 * @param {System} system
 * @param {{ onDownload?: () => void }} [options] called before a download begins, to say so
 * @returns {Promise<Found>}
 */
export async function findElectron(root, system, { onDownload } = {}) {
  const reason = reasonWithoutDesktop(system)
  if (reason) return { reason }
  const installed = installedElectron(root, system.env)
  if (installed) return { program: installed }
  const downloader = join(root, 'node_modules/electron/install.js')
  if (!existsSync(downloader)) return { reason: 'Electron is not installed' }
  onDownload?.()
  const failure = await download(downloader)
  const program = installedElectron(root, system.env)
  return program ? { program } : { reason: `Electron could not be downloaded: ${failure}` }
}

/**
 * @param {string} downloader
 * @returns {Promise<string>} why it failed, in a few words
 */
function download(downloader) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [downloader], { stdio: ['ignore', 'ignore', 'pipe'], timeout: downloadLimit })
    let output = ''
    child.stderr.on('data', (chunk) => (output = (output + String(chunk)).slice(-20_000)))
    child.on('error', (error) => resolve(error.message))
    child.on('close', (_code, signal) => resolve(signal ? `it took longer than ${downloadLimit / 60_000} minutes` : firstReason(output)))
  })
}

/**
 * The line of an error's stack that says what was wrong.
 * @param {string} output
 */
export function firstReason(output) {
  const lines = output.trim().split('\n')
  // "fetch failed" says little, its cause says which address
  const line = lines.find((text) => text.includes('[cause]')) ?? lines.find((text) => /\w*Error\b.*: \S/.test(text)) ?? lines[0]
  return (
    line
      ?.replace(/^.*?\w*Error\b[^:]*: /, '')
      .replace(/ \{$/, '')
      .trim() || 'no reason was given'
  )
}
