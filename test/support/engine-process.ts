import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { FakeKind } from '../fakes/ai/fake-engine.ts'
import type { FakeModel } from '../fakes/ai/front.ts'
import type { Script } from '../fakes/ai/speaker.ts'

/** What an engine is to be. */
export interface EngineOrder {
  kind?: FakeKind
  models?: readonly FakeModel[]
  script?: Script
  scripts?: Readonly<Record<string, Script>>
  /** A file whose model real llama.cpp runs; the script then says nothing. */
  gguf?: string
  port?: number
}

export interface EngineReport {
  port: number
  /** Requests for work so far. */
  asked: number
  /** Answers being written now. */
  running: number
  /** Answers given up because the caller went away. */
  abandoned: number
}

export interface EngineProcess extends AsyncDisposable {
  url: string
  port: number
  pid: number
  report(): Promise<EngineReport>
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>
  /** Stops the process where it is: it is there, and says nothing more. */
  freeze(): void
}

const program = join(import.meta.dirname, 'engine-program.ts')
/** Longest start: llama.cpp and a model are read from disk, ms. */
const startLimit = 60_000

/** Starts an engine in a process of its own, so that it can be killed, and so that its work takes no time from who asks. */
export async function startEngineProcess(order: EngineOrder): Promise<EngineProcess> {
  const child = fork(program, [JSON.stringify(order)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const exited = once(child, 'exit')
  const { port } = await Promise.race([
    nextReport(child),
    exited.then(() => Promise.reject(new Error('The engine ended before it listened.'))),
  ])
  const kill = async () => {
    child.kill('SIGKILL')
    await exited
  }
  return {
    ...{ url: `http://127.0.0.1:${port}`, port, pid: child.pid as number, kill, [Symbol.asyncDispose]: kill },
    async report() {
      child.send('report')
      return nextReport(child)
    },
    freeze: () => void child.kill('SIGSTOP'),
  }
}

async function nextReport(child: ChildProcess): Promise<EngineReport> {
  const [report] = (await once(child, 'message', { signal: AbortSignal.timeout(startLimit) })) as [EngineReport]
  return report
}
