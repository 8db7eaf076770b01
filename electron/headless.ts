/**
 * The node without a desktop: for a NAS, a Pi, a server, and what `npm start` falls back to. People read stdout,
 * the log file has the rest. Its page is served on loopback. It never imports Electron.
 */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import Conf from 'conf'
import { byHandOnly } from './agent/autostart.ts'
import { toFcnError } from './agent/errors.ts'
import type { Node } from './agent/node.ts'
import { systemClock } from './agent/support/clock.ts'
import { autostartRecipe } from './process/autostart-recipe.ts'
import { parseArguments, usage } from './process/arguments.ts'
import { forkedEngine } from './process/engine-process.ts'
import { failureText } from './process/failure-text.ts'
import { onFatalErrors } from './process/fatal-errors.ts'
import { greeting } from './process/greeting.ts'
import { dataDirOf, openNode } from './process/open-node.ts'
import { onStopSignals } from './process/stop-signals.ts'
import { stopInTime } from './process/stop-in-time.ts'
import { version } from './process/version.ts'

/** What shells say of a program ended by Ctrl+C: 128 and the number of SIGINT. */
const exitInterrupted = 130

const print = (text: string) => void process.stdout.write(`${text}\n`)

/** Ends the process with the error's own exit code. What is not a known error points to the log, where its stack is. */
function giveUp(thrown: unknown, logPath?: string): never {
  const error = toFcnError(thrown)
  process.stderr.write(`${failureText(error)}\n`)
  if (error.code === 'internal' && logPath) process.stderr.write(`The log is ${logPath}\n`)
  process.exit(error.exitCode)
}

async function run(node: Node): Promise<void> {
  await node.start()
  const link = await node.call('page.link', {})
  print(greeting(node.snapshot(), link))
}

async function main(): Promise<void> {
  const args = parseArguments(process.argv.slice(2))
  if (args.help) return print(usage)
  if (args.version) return print(version)
  const command = [process.execPath, resolve(process.argv[1] ?? ''), '--headless', '--data', dataDirOf(args)] as const
  const autostart = byHandOnly({
    why: 'Without a desktop there is no login that this program could start at: the system starts it as a service.',
    recipe: autostartRecipe({ platform: process.platform, home: homedir(), command }),
  })
  const pageDir = join(import.meta.dirname, '../renderer')
  // in a checkout the engine's package may be installed beside the program
  const engine = { start: forkedEngine(join(import.meta.dirname, 'engine.js')), folders: [join(import.meta.dirname, '../..')] }
  const { node, log, logPath } = openNode(args, { face: 'headless', Store: Conf, pageDir, autostart, engine })

  let stopping = false
  const stop = async () => {
    stopping = true
    print('Stopping…')
    await stopInTime(node, { clock: systemClock, log })
  }
  onFatalErrors(process, { log, giveUp: (error) => void stop().then(() => giveUp(error, logPath)) })
  onStopSignals(process, systemClock, { stop: () => void stop().then(() => process.exit(0)), exit: () => process.exit(exitInterrupted) })

  try {
    await run(node)
  } catch (error) {
    // asked to stop while it started: what is not there any more is no failure
    if (stopping) return
    log.error({ err: error }, 'The node could not start.')
    giveUp(error, logPath)
  }
}

await main().catch((error: unknown) => giveUp(error))
