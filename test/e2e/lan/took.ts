import { eventually } from '../../support/eventually.ts'

/** Milliseconds until it holds, also told on stdout: the figures are of interest even when they are within the bounds. */
export async function took(what: string, holds: () => boolean | Promise<boolean>, limit = 15_000): Promise<number> {
  const start = performance.now()
  await eventually(what, holds, limit)
  const ms = performance.now() - start
  process.stdout.write(`${what}: ${Math.round(ms)} ms\n`)
  return ms
}
