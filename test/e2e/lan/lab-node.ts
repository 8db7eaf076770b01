import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { readRunningFile } from '../../../electron/agent/store/running-file.ts'
import type { DiscoveredView } from '../../../electron/contract/discovery.ts'
import { eventually } from '../../support/eventually.ts'
import type { Host } from './lab.ts'

const root = join(import.meta.dirname, '../../..')
const program = join(root, 'out/main/headless.js')
const command = join(root, 'electron/cli/fcn.mjs')

/** A cold start of five at once on a busy machine stays below this, ms; it is no promise that is measured here. */
const startLimit = 30_000

/** A node in a host of the laboratory: the built program, listening on every interface of that host. */
export interface LabNode extends AsyncDisposable {
  readonly host: Host
  /** When it answered, ms of `performance.now()`. */
  readonly startedAt: number
  readonly pid: number
  /** Its data folder. */
  readonly data: string
  readonly running: boolean
  /** The JSON document that `fcn` prints. */
  fcn<T>(...args: string[]): Promise<T>
  /** What it sees from now on. */
  watch(): Watch
  end(signal: NodeJS.Signals): Promise<void>
  /** All it has written so far. */
  log(): string
  /** Processor time used so far, ms. */
  cpu(): number
  /** Resident memory, bytes. */
  memory(): number
}

export interface Watch extends Disposable {
  /** Names of the nodes that are seen now, sorted; a node that is there twice is there twice. */
  names(): string[]
  node(name: string): DiscoveredView | undefined
  /** Every URL a node was ever seen with. */
  urlsOf(name: string): string[]
}

interface LabNodeOptions {
  /** A folder of its own, removed at the end, when absent. */
  data?: string
  args?: string[]
  /** Of Node itself. */
  nodeArgs?: string[]
  /** Beside this process's own. */
  env?: Record<string, string>
}

export async function startLabNode(host: Host, { data, args = [], nodeArgs = [], env = {} }: LabNodeOptions = {}): Promise<LabNode> {
  const folder = data ?? (await mkdtemp(join(tmpdir(), `fcn-lab-${host.name}-`)))
  const child = inHost(host, env, ...nodeArgs, program, '--headless', '--name', host.name, '--data', folder, ...args)
  let log = ''
  child.stdout?.on('data', (chunk: Buffer) => (log += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()))
  const ended = once(child, 'exit')
  await eventually(
    `${host.name} runs`,
    async () => {
      if (child.exitCode !== null) throw new Error(`${host.name} did not start:\n${log}`)
      return readRunningFile(folder)?.pid === child.pid
    },
    startLimit,
  )
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended
  }
  return {
    host,
    startedAt: performance.now(),
    get running() {
      return child.exitCode === null && child.signalCode === null
    },
    pid: child.pid as number,
    data: folder,
    log: () => log,
    fcn: async <T>(...words: string[]) => JSON.parse(await host.run(process.execPath, command, ...words, '--json', '--data', folder)) as T,
    watch: () => watchFrom(host, folder),
    end,
    cpu: () => ticks(child.pid as number) * 10, // USER_HZ is 100
    memory: () => Number(/VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) * 1024,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) await end('SIGKILL')
      if (data === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

const inHost = (host: Host, env: Record<string, string>, ...args: string[]): ChildProcess =>
  spawn('ip', ['netns', 'exec', host.namespace, process.execPath, '--disable-warning=ExperimentalWarning', ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

const ticks = (pid: number) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return Number(fields[11]) + Number(fields[12])
}

function watchFrom(host: Host, folder: string): Watch {
  const child = inHost(host, {}, command, 'discover', '--watch', '--json', '--data', folder)
  const seen = new Map<string, DiscoveredView>()
  const urls = new Map<string, Set<string>>()
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
    const { change, node } = JSON.parse(line) as { change: string; node: DiscoveredView }
    if (change === 'gone') seen.delete(node.id)
    else seen.set(node.id, node)
    urls.set(node.name, new Set([...(urls.get(node.name) ?? []), ...node.urls]))
  })
  return {
    names: () => [...seen.values()].map(({ name }) => name).toSorted(),
    node: (name) => [...seen.values()].find((each) => each.name === name),
    urlsOf: (name) => [...(urls.get(name) ?? [])],
    [Symbol.dispose]: () => void child.kill('SIGKILL'),
  }
}
