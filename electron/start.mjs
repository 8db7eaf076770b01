// @ts-check
/**
 * `npm start`: builds what is not built, then opens the desktop app, or runs the same node headless where there is none
 * to open. Plain JavaScript that Node 20 understands, so that it can say what is missing.
 */
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ensureBuilt } from './checkout/build.mjs'
import { findElectron } from './checkout/electron-binary.mjs'
import { endedAtOnce, hintForNode, wantsHeadless } from './checkout/start-choices.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const args = process.argv.slice(2)

/** @param {string} line */
const say = (line) => process.stderr.write(`${line}\n`)

/** In this process, so that signals and the exit code need nobody to pass them on. */
async function runHeadless() {
  const hint = hintForNode(process.versions.node, process.execPath)
  if (hint) {
    say(hint)
    process.exit(69)
  }
  await import(pathToFileURL(join(root, 'out/main/headless.js')).href)
}

/**
 * @param {string} program
 * @returns {Promise<string | null>} why it did not come up; null when it ran and has ended
 */
function runDesktop(program) {
  const startedAt = Date.now()
  // a process group of its own: signals reach it once, through here, and not also from the terminal
  const child = spawn(program, [root, ...args], { stdio: ['ignore', 'inherit', 'inherit'], detached: process.platform !== 'win32' })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('exit', (code, signal) => {
      const failure = endedAtOnce({ code, signal, ranFor: Date.now() - startedAt })
      process.exitCode = code ?? 1
      resolve(failure)
    })
  })
}

async function main() {
  await ensureBuilt(root, { onBuild: () => say('Building, which takes a few seconds the first time and after each change…') })
  if (wantsHeadless(args)) return runHeadless()
  const found = await findElectron(
    root,
    { platform: process.platform, env: process.env, uid: process.getuid?.() },
    { onDownload: () => say('Downloading Electron, once, for at most 3 minutes…') },
  )
  const reason = 'reason' in found ? found.reason : await runDesktop(found.program)
  if (reason === null) return
  say(`No desktop app here, because ${reason}. The node runs without it, and its page opens in a browser.`)
  process.exitCode = undefined
  process.removeAllListeners('SIGINT').removeAllListeners('SIGTERM').removeAllListeners('SIGHUP')
  return runHeadless()
}

main().catch((error) => {
  say(error instanceof Error ? error.message : String(error))
  process.exit(70)
})
