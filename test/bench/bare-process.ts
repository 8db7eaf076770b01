import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { request } from 'undici'
import { freePort } from '../support/free-port.ts'

/** Milliseconds from `begin` until `GET /api/health` answers on the port; asks every 5 ms, for 20 s at most. */
export async function firstAnswer(port: number, begin: number): Promise<number> {
  for (;;) {
    try {
      const { statusCode, body } = await request(`http://127.0.0.1:${port}/api/health`)
      await body.dump()
      if (statusCode === 200) return performance.now() - begin
    } catch (error) {
      if (performance.now() - begin > 20_000) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

export interface BareProcess {
  port: number
  pid: number
  /** How long it took to answer, ms. */
  startedIn: number
  stop(): Promise<void>
}

/** Starts `args` under this Node and waits for its first answer on `port`. */
export async function startProcess(args: readonly string[], port: number): Promise<BareProcess> {
  const begin = performance.now()
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], { stdio: 'ignore' })
  const exited = once(child, 'exit')
  const startedIn = await firstAnswer(port, begin)
  return {
    port,
    pid: child.pid as number,
    startedIn,
    async stop() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

export async function startBareFastify(): Promise<BareProcess> {
  const port = await freePort()
  return startProcess([join(import.meta.dirname, 'bare-fastify.ts'), String(port)], port)
}
