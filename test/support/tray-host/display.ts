import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/** A screen that nobody sees. */
export interface Display {
  /** For DISPLAY. */
  readonly name: string
  stop(): Promise<void>
}

/** Longest wait for the X server, ms. */
const startLimit = 20_000

export const hasXvfb = (): boolean => spawnSync('Xvfb', ['-help'], { stdio: 'ignore' }).error === undefined

/** An X server that picks a free number and can be reached from this machine only. */
export async function startDisplay(): Promise<Display> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const gone = new Promise<void>((resolve) => {
    server.once('exit', () => resolve())
    server.once('error', () => resolve())
  })
  const stop = async () => {
    server.kill('SIGTERM')
    await gone
  }
  try {
    const lines = createInterface({ input: server.stdio[3] as Readable })
    const number = await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve)
      lines.once('close', () => reject(new Error('Xvfb ended before it was ready.')))
      AbortSignal.timeout(startLimit).addEventListener('abort', () => reject(new Error('Xvfb did not become ready.')))
    })
    return { name: `:${number.trim()}`, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
