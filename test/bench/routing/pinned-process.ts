/** Processes of a bench, all of them on one CPU where `taskset` is there: what they cost can then be compared. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

/** From the start of a process until its port accepts connections, ms. */
const startLimit = 20_000
/** From SIGTERM to the end of a process, ms. */
const stopLimit = 5_000

/** Any CPU does; here the last. */
const benchCpu = String(availableParallelism() - 1)

/** Whether a program is installed, by the option that makes it print its version. */
export function installed(program: string, versionOption: string): boolean {
  try {
    execFileSync(program, [versionOption], { stdio: 'ignore', timeout: 5_000 })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    return true // it is there, and does not like the option
  }
}

/** Whether processes can be kept on one CPU. */
export const canPin = installed('taskset', '--version')

/** `command` as it is started on the CPU of the bench; taskset becomes the program, so the pid is the program's. */
export const pinned = (command: readonly string[]): readonly string[] => (canPin ? ['taskset', '-c', benchCpu, ...command] : command)

/** Moves a running process, with all its threads, to the CPU of the bench. */
export function pin(pid: number): void {
  if (canPin) execFileSync('taskset', ['-a', '-p', '-c', benchCpu, String(pid)], { stdio: 'ignore' })
}

export interface ServerProcess extends AsyncDisposable {
  pid: number
}

/** As `startProcess`, on the CPU of the bench. */
export const startPinned = (command: readonly string[], port: number): Promise<ServerProcess> => startProcess(pinned(command), port)

/** Starts a server and waits until it accepts connections on `port` of loopback. Rejects with its output when it does not. */
export async function startProcess(command: readonly string[], port: number): Promise<ServerProcess> {
  const [program, ...args] = command as [string, ...string[]]
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-8_000)))
  const killAtExit = () => void child.kill('SIGKILL')
  process.on('exit', killAtExit)
  const ended = once(child, 'exit').then(() => void process.off('exit', killAtExit))
  const stop = async () => {
    child.kill('SIGTERM')
    const obeyed = await Promise.race([ended.then(() => true), delay(stopLimit, false, { ref: false })])
    if (!obeyed) child.kill('SIGKILL')
    await ended
  }
  const deadline = performance.now() + startLimit
  while (!(await accepts(port))) {
    if (child.exitCode === null && performance.now() < deadline) {
      await delay(20)
      continue
    }
    await stop()
    throw new Error(`${command.join(' ')} does not listen on port ${port}:\n${output}`)
  }
  return { pid: child.pid as number, [Symbol.asyncDispose]: stop }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

/** This Node, running a TypeScript file. */
export const nodeCommand = (file: string, args: readonly string[]): string[] => [
  process.execPath,
  '--disable-warning=ExperimentalWarning',
  file,
  ...args,
]
