import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Host } from './lab.ts'

export interface HandRequest {
  url: string
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string
  /** So many random bytes as the body. */
  upload?: number
  /** In place of the random bytes, this over and over. */
  filledWith?: string
  /** Until the end of the answer, ms. */
  limit?: number
}

export interface HandResult {
  /** 0 when there was no answer. */
  status: number
  /** Until the end, and until the first bytes, ms. */
  ms: number
  firstMs: number
  /** Received: how much, what it hashes to, and its beginning. */
  bytes: number
  sha256: string
  text: string
  /** What was sent hashes to. */
  sentSha256: string
  /** Why the answer is missing or not whole. */
  error: string | null
}

export type HandCommand =
  | { do: 'request'; request: HandRequest }
  | { do: 'echo' }
  | { do: 'listen'; port: number }
  | { do: 'say'; host: string; port: number; localPort: number; limit: number }

/** Somebody at a host who makes requests and runs a service there, in one process that is kept: what is timed is not its start. */
export interface Hand extends Disposable {
  request(request: HandRequest): Promise<HandResult>
  /** A service that echoes (echo-service.ts), started once. */
  echo(): Promise<{ port: number; lastSha256: string; requests: number; digests: string[] }>
  /** Listens and tells whoever says something from which address and port that came. */
  listen(port: number): Promise<void>
  /** Says something on the one connection from this local port, opened when needed; null when nothing is heard in time, ms. */
  say(to: { host: string; port: number; localPort: number; limit?: number }): Promise<{ heard: string | null; ms: number }>
}

const program = join(import.meta.dirname, 'hand-program.ts')

export async function startHand(host: Host): Promise<Hand> {
  const child = spawn('ip', ['netns', 'exec', host.namespace, process.execPath, '--disable-warning=ExperimentalWarning', program], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let ids = 0
  await once(child, 'message')
  child.on('message', ({ id, value, error }: { id: number; value?: unknown; error?: string }) => {
    const promise = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) promise?.resolve(value)
    else promise?.reject(new Error(`${host.name}: ${error}`))
  })
  child.on('exit', () => {
    for (const promise of waiting.values()) promise.reject(new Error(`The hand at ${host.name} is gone.`))
  })
  const perform = <T>(command: HandCommand): Promise<T> => {
    const promise = Promise.withResolvers<unknown>()
    waiting.set(++ids, promise)
    child.send({ id: ids, command })
    return promise.promise as Promise<T>
  }
  return {
    request: (request) => perform({ do: 'request', request }),
    echo: () => perform({ do: 'echo' }),
    listen: (port) => perform({ do: 'listen', port }),
    say: (to) => perform({ do: 'say', limit: 5_000, ...to }),
    [Symbol.dispose]: () => void child.kill('SIGKILL'),
  }
}
