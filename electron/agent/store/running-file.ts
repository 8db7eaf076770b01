import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { z } from 'zod'

const runningFile = z.object({
  pid: z.number().int().positive(),
  port: z.number().int().min(1).max(65535),
  url: z.url(),
  startedAt: z.number(),
})

/** Where a running node is found by the CLI. `url` is its plain HTTP address on loopback. */
export type RunningFile = z.infer<typeof runningFile>

const pathIn = (dataDir: string) => join(dataDir, 'running.json')

export async function writeRunningFile(dataDir: string, content: RunningFile): Promise<void> {
  await writeFileAtomic(pathIn(dataDir), `${JSON.stringify(content)}\n`, { mode: 0o600 })
}

export function removeRunningFile(dataDir: string): void {
  rmSync(pathIn(dataDir), { force: true })
}

/** What the last node on this folder wrote; null when none runs or the file makes no sense. It may be left from a killed node. */
export function readRunningFile(dataDir: string): RunningFile | null {
  try {
    return runningFile.parse(JSON.parse(readFileSync(pathIn(dataDir), 'utf8')))
  } catch {
    return null // absent or half a file: either way there is nothing to talk to
  }
}
