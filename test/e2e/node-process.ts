import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { request } from 'undici'
import { readControlToken } from '../../electron/agent/store/control-token.ts'
import { readRunningFile } from '../../electron/agent/store/running-file.ts'
import { freePort } from '../support/free-port.ts'

const root = join(import.meta.dirname, '../..')
const headless = join(root, 'out/main/headless.js')
const fcnCommand = join(root, 'electron/cli/fcn.mjs')

/** A cold start on a busy machine stays far below this, ms. */
const startLimit = 30_000
/** Stopping says goodbye to peers and closes files, ms. */
const stopLimit = 15_000
/** A command that is still running then is told to stop, as is a node that it runs; below the limit of a test, ms. */
const commandLimit = 20_000
/** Characters of output that are kept. */
const logLimit = 200_000

interface StartOptions {
  /** Absent: the one in its settings. */
  name?: string
  /** A free one when absent, so that tests never meet. */
  port?: number
  /** A folder of its own, removed by `stop`, when absent; give one to start a node again. */
  data?: string
  args?: string[]
  /** Options of Node itself. */
  nodeOptions?: string[]
  /** Most that objects may take, MiB; the process dies when what it keeps is more. */
  heap?: number
}

export interface CommandResult {
  code: number
  stdout: string
  stderr: string
  /** stdout as the one JSON document it should be; undefined when it is none. */
  json: unknown
}

/** A real node in a process of its own. */
export interface NodeProcess extends AsyncDisposable {
  name: string
  /** Plain HTTP address on loopback. */
  url: string
  port: number
  data: string
  pid: number
  /** Runs the `fcn` command against this node. */
  fcn(...args: string[]): Promise<CommandResult>
  /** One call of its local API, as the page and the CLI make them. */
  call(name: string, input?: unknown): Promise<{ status: number; body: { value?: unknown; error?: unknown } }>
  /** Sends a signal and waits for the end of the process; its data folder stays. */
  kill(signal?: NodeJS.Signals): Promise<void>
  /** Stops it as ctrl-C does (hard when it does not obey, which is then thrown) and removes a folder made here. */
  stop(): Promise<void>
  /** All it has written so far. */
  log(): string
}

/** Starts a headless node and waits until it answers. It listens on loopback only. Rejects with its output when it does not start. */
export async function startNode({ name: chosenName, port, data, args = [], nodeOptions = [], heap }: StartOptions): Promise<NodeProcess> {
  const name = chosenName ?? 'node'
  const dataDir = data ?? (await mkdtemp(join(tmpdir(), `fcn-${name}-`)))
  const chosenPort = port ?? (await freePort())
  const child = spawn(
    process.execPath,
    [
      ...nodeOptions,
      ...(heap === undefined ? [] : [`--max-old-space-size=${heap}`]),
      headless,
      '--headless',
      ...(chosenName ? ['--name', chosenName] : []),
      '--port',
      String(chosenPort),
      '--host',
      '127.0.0.1',
      '--data',
      dataDir,
      ...args,
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const log = collectOutput(child)
  const killAtExit = () => void child.kill('SIGKILL')
  process.on('exit', killAtExit)
  const ended = once(child, 'exit').then(() => void process.off('exit', killAtExit))

  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    const obeyed = await Promise.race([ended.then(() => true), delay(stopLimit, false, { ref: false })])
    if (obeyed) return
    child.kill('SIGKILL')
    await ended
    throw new Error(`${name} did not end within ${stopLimit} ms of ${signal}:\n${log()}`)
  }
  const removeData = async () => {
    if (data === undefined) await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
  }

  try {
    const url = await untilRunning(child, dataDir, () => `${name} did not start:\n${log()}`)
    const stop = async () => {
      try {
        await end('SIGTERM')
      } finally {
        await removeData()
      }
    }
    return {
      name,
      url,
      port: Number(new URL(url).port),
      data: dataDir,
      pid: child.pid as number,
      call: (call, input = {}) => callNode(url, dataDir, call, input),
      fcn: (...command) => runFcn([...command, '--data', dataDir]),
      kill: (signal = 'SIGKILL') => end(signal),
      stop,
      log,
      [Symbol.asyncDispose]: stop,
    }
  } catch (error) {
    await end('SIGKILL')
    await removeData()
    throw error
  }
}

async function callNode(url: string, dataDir: string, call: string, input: unknown) {
  const answer = await request(`${url}/local/v1/${call}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${readControlToken(dataDir) ?? ''}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  })
  return { status: answer.statusCode, body: (await answer.body.json()) as { value?: unknown; error?: unknown } }
}

/** Runs `fcn` as a program does: no terminal, no input. Never rejects for an exit code. */
export function runFcn(args: readonly string[]): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [fcnCommand, ...args],
      { cwd: root, timeout: commandLimit, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error && typeof error.code !== 'number')
          reject(new Error(`fcn ${args.join(' ')}: ${error.message}\n${stderr}`, { cause: error }))
        else resolve({ code: child.exitCode ?? -1, stdout, stderr, json: parsed(stdout) })
      },
    )
    child.stdin?.end()
  })
}

async function untilRunning(child: ChildProcess, dataDir: string, failure: () => string): Promise<string> {
  const deadline = performance.now() + startLimit
  while (performance.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) break
    const running = readRunningFile(dataDir)
    // a file left by a killed node names another process
    if (running && running.pid === child.pid) return running.url
    await delay(25)
  }
  throw new Error(failure())
}

function collectOutput(child: ChildProcess): () => string {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => (text = (text + chunk).slice(-logLimit)))
  }
  return () => text
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // text for people; a test that expects a document sees that there is none
  }
}
