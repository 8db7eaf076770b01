// @ts-check
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const sources = ['electron', 'renderer', 'package.json', 'electron.vite.config.ts']
const products = ['main/main.js', 'main/headless.js', 'main/cli.js', 'preload/preload.cjs', 'renderer/index.html']

/** A build takes seconds; one that holds the lock longer than this (ms) was killed. */
const lockLimit = 120_000

/**
 * Builds `out/` when something in it is missing or older than the sources; a few milliseconds when it is fresh. Two
 * callers at once build once. With `quiet`, what the build says is shown (on stderr) only if it fails. Throws when it fails.
 * @param {{ quiet?: boolean }} [options]
 * @returns {boolean} whether it built
 */
export function buildIfStale({ quiet = false } = {}) {
  if (!isStale()) return false
  const unlock = lock(join(root, 'node_modules', '.fcn-build-lock'))
  try {
    if (!isStale()) return false // somebody else has built it while we waited
    const cli = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
    if (!existsSync(cli)) throw new Error('The libraries are not installed yet. Run: npm ci')
    const result = spawnSync(process.execPath, [cli, 'build'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', quiet ? 'pipe' : 2, quiet ? 'pipe' : 2],
    })
    if (result.status === 0) return true
    if (quiet) process.stderr.write(`${result.stdout}${result.stderr}`)
    throw new Error('The build failed; the lines above say why.')
  } finally {
    unlock()
  }
}

/** @returns {boolean} */
function isStale() {
  const built = products.map((file) => modified(join(root, 'out', file)))
  return Math.min(...built) < Math.max(...sources.map((source) => newest(join(root, source))))
}

/** Time of last change (ms) of the newest file under `path`; 0 when there is none. @param {string} path @returns {number} */
function newest(path) {
  if (!existsSync(path) || !statSync(path).isDirectory()) return modified(path)
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}

/** @param {string} file @returns {number} */
function modified(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

/** Waits for the folder `path` to be ours to make. @param {string} path @returns {() => void} */
function lock(path) {
  const waitUntil = Date.now() + 2 * lockLimit
  for (;;) {
    try {
      mkdirSync(path)
      return () => rmSync(path, { recursive: true, force: true })
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST' || Date.now() > waitUntil) throw error
      if (Date.now() - modified(path) > lockLimit) rmSync(path, { recursive: true, force: true })
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
    }
  }
}
