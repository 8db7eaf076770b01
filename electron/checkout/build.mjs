// @ts-check
/**
 * Keeps `out/` up to date in a checkout. Plain JavaScript, because it runs before anything is built, on Node 20 too.
 * Used by `npm start` and by the end-to-end tests.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** What the build reads, and the last file of each of its three steps. */
const sources = ['electron', 'renderer', 'package.json', 'package-lock.json', 'electron.vite.config.ts', 'tsconfig.json']
const results = ['out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/index.html']

/** Longest that a build may take before its lock is taken for left behind, ms. */
const buildLimit = 180_000

/**
 * Whether something was changed, added or removed since the last build that was finished.
 * @param {string} root folder of package.json
 */
export function isBuildStale(root) {
  const built = results.map((path) => modified(join(root, path)))
  return Math.min(...built) <= Math.max(...sources.map((path) => newest(join(root, path))))
}

/**
 * Builds when that is needed. When two programs want it at once, one builds and the other waits.
 * @param {string} root
 * @param {{ onBuild?: () => void }} [options] `onBuild` is called before a build begins, to say so
 * @throws {Error} with the output of the build when it fails
 */
export async function ensureBuilt(root, { onBuild } = {}) {
  while (isBuildStale(root)) {
    const unlock = lock(join(root, 'out'))
    if (!unlock) {
      await wait(200)
      continue
    }
    try {
      // somebody else may have built since the look outside the lock
      if (!isBuildStale(root)) return
      onBuild?.()
      await build(root)
    } finally {
      unlock()
    }
    // a source saved during the build must not start it over and over
    return
  }
}

/**
 * @param {string} folder
 * @returns {(() => void) | null} the function that unlocks; null when another has the lock
 */
function lock(folder) {
  const path = join(folder, '.building')
  mkdirSync(folder, { recursive: true })
  try {
    mkdirSync(path)
    return () => rmSync(path, { recursive: true, force: true })
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    if (Date.now() - modified(path) > buildLimit) rmSync(path, { recursive: true, force: true })
    return null
  }
}

/** @param {string} root */
async function build(root) {
  const program = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  const child = spawn(process.execPath, [program, 'build'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], timeout: buildLimit })
  let output = ''
  child.stdout.on('data', (chunk) => (output += String(chunk)))
  child.stderr.on('data', (chunk) => (output += String(chunk)))
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  if (code !== 0) throw new Error(`The build failed.\n${output.trimEnd()}`)
}

/**
 * Time of the last change below a path. Folders count, so that a file taken away is a change too.
 * @param {string} path
 * @returns {number} ms since 1970; 0 when there is nothing
 */
function newest(path) {
  const own = statSync(path, { throwIfNoEntry: false })
  if (!own) return 0
  if (!own.isDirectory()) return own.mtimeMs
  return Math.max(own.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

/** @param {string} path */
const modified = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
