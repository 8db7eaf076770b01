import { EventEmitter } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { main } from '../../../electron/cli/main.ts'
import type { TextStream } from '../../../electron/cli/output.ts'
import type { Keyboard } from '../../../electron/cli/terminal.ts'
import type { CallHandlers } from '../../../electron/contract/calls.ts'
import { type LocalApi, startLocalApi } from '../../fakes/local-api.ts'

export interface Ran {
  code: number
  stdout: string
  stderr: string
  /** stdout as one JSON document; throws when it is anything else. */
  json(): unknown
}

export interface FcnBench extends AsyncDisposable {
  dataDir: string
  api: LocalApi
  /** Runs `fcn <args> --data <dataDir>` as a terminal without colours would. */
  fcn(...args: string[]): Promise<Ran>
  /** The same with more of a terminal. */
  run(args: string[], options: RunOptions): Promise<Ran>
}

/** The command and the local API it talks to, on a data folder of their own. */
export async function openBench(handlers: Partial<CallHandlers> = {}): Promise<FcnBench> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fcn-cli-'))
  const api = await startLocalApi(dataDir, handlers)
  return {
    dataDir,
    api,
    fcn: (...args) => runFcn([...args, '--data', dataDir]),
    run: (args, options) => runFcn([...args, '--data', dataDir], options),
    async [Symbol.asyncDispose]() {
      await api[Symbol.asyncDispose]()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

interface RunOptions {
  isTTY?: boolean
  /** Width of a terminal, characters. */
  columns?: number
  env?: NodeJS.ProcessEnv
  headless?: string
  /** What somebody at a terminal types when a text with this in it appears on stderr. */
  answers?: Record<string, string>
  /** Standard input that is no terminal. */
  input?: string
  /** Ctrl-C is pressed when a text with this in it appears on stderr. */
  interruptAt?: string
}

export async function runFcn(args: string[], options: RunOptions = {}): Promise<Ran> {
  const { answers, input = '', interruptAt, env = {}, isTTY = answers !== undefined, columns, headless } = options
  const written = { stdout: '', stderr: '' }
  const signals = new EventEmitter()
  const stdin: Keyboard = new PassThrough()
  if (answers) stdin.isTTY = true
  else stdin.push(input)
  if (!answers) stdin.push(null)
  const answer = (text: string) => {
    if (interruptAt !== undefined && text.includes(interruptAt)) setImmediate(() => signals.emit('SIGINT'))
    const typed = Object.entries(answers ?? {}).find(([question]) => text.includes(question))?.[1]
    if (typed !== undefined) setImmediate(() => stdin.push(typed))
  }
  const stream = (name: 'stdout' | 'stderr'): TextStream => ({
    isTTY,
    columns,
    write: (text: string) => {
      written[name] += text
      if (name === 'stderr') answer(text)
    },
  })
  const code = await main(args, {
    stdin,
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    env,
    signals,
    ...(headless === undefined ? {} : { headless }),
  })
  return { code, ...written, json: () => JSON.parse(written.stdout) as unknown }
}
