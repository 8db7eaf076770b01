/**
 * The `fcn` command: parses, asks the running node through its local API, prints. It keeps no state and decides
 * nothing about meshes. Loaded by fcn.mjs.
 */
import { spawn } from 'node:child_process'
import type { EventEmitter } from 'node:events'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import packageJson from '../../package.json' with { type: 'json' }
import { FcnError } from '../agent/errors.ts'
import { defaultDataDir } from '../agent/store/data-dir.ts'
import { createLocalClient } from './client.ts'
import { exitCodeFor } from './exit.ts'
import { createOutput, type TextStream } from './output.ts'
import { createProgram } from './program.ts'
import type { Session } from './session.ts'
import { createTerminal, type Keyboard } from './terminal.ts'

interface MainOptions {
  stdin?: Keyboard
  stdout?: TextStream
  stderr?: TextStream
  env?: NodeJS.ProcessEnv
  /** Where ctrl-C arrives as `SIGINT`. */
  signals?: EventEmitter
  /** The built headless node, beside this file in `out/main`. */
  headless?: string
}

/** Runs one command and resolves with its exit code. Never rejects. */
export async function main(
  args: readonly string[],
  {
    stdin = process.stdin,
    stdout = process.stdout,
    stderr = process.stderr,
    env = process.env,
    signals = process,
    headless = join(import.meta.dirname, 'headless.js'),
  }: MainOptions = {},
): Promise<number> {
  let exitCode = 0
  const open = (): Session => {
    const { data, json = false } = program.opts<{ data?: string; json?: boolean }>()
    const dataDir = data === undefined ? defaultDataDir() : resolve(data)
    return {
      dataDir,
      env,
      client: createLocalClient({ dataDir }),
      output: createOutput({ stdout, stderr, json, env }),
      terminal: createTerminal({ stdin, stderr, signals, json }),
      now: Date.now,
      pause: (ms) => delay(ms),
      runHeadless: (more) => runHeadless(headless, more),
    }
  }
  const program = createProgram(open, {
    version: packageJson.version,
    write: (text) => void stdout.write(text),
    exit: (code) => void (exitCode = code),
  })
  try {
    if (args.length === 0) program.outputHelp()
    else await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    // the command line may be what is wrong, so it is not asked through the parser
    return exitCodeFor(error, createOutput({ stdout, stderr, json: args.includes('--json'), env }))
  }
}

/** Ctrl-C in a terminal reaches the node by itself; a signal sent to this process alone is passed on. */
function runHeadless(file: string, args: readonly string[]): Promise<number> {
  return new Promise((done, fail) => {
    const node = spawn(process.execPath, [file, '--headless', ...args], { stdio: 'inherit' })
    const stop = () => void node.kill('SIGTERM')
    const ignore = () => {}
    process.on('SIGTERM', stop)
    process.on('SIGINT', ignore)
    node.once('error', (cause) => fail(new FcnError('internal', `The node could not be started: ${cause.message}.`, { cause })))
    node.once('exit', (code) => {
      process.off('SIGTERM', stop)
      process.off('SIGINT', ignore)
      done(code ?? 1)
    })
  })
}
