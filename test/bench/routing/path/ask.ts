import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { nodeCommand, pinned } from '../pinned-process.ts'
import type { Way } from './node-pair.ts'

const execute = promisify(execFile)

const times = z.array(z.number())
/** The client's own limit and its start, ms. */
const limit = 60_000

/** Asks so many times, one after the other; resolves with the times, ms (latency-client.ts). */
export async function ask({ port, base }: Way, path: string, count: number): Promise<number[]> {
  const args = [String(port), base + path, String(count)]
  const [program, ...command] = pinned(nodeCommand(join(import.meta.dirname, 'latency-client.ts'), args)) as [string, ...string[]]
  const { stdout } = await execute(program, command, { timeout: limit, maxBuffer: 16 * 2 ** 20 })
  return times.parse(JSON.parse(stdout))
}
