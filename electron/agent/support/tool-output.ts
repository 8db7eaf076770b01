import { execFile } from 'node:child_process'

/** Longest wait for a tool, ms, and longest output, bytes. */
const toolLimit = 3_000
const outputLimit = 1024 * 1024

/** What a tool of the system says on stdout, in English; null when it is absent, refuses or takes too long. */
export function toolOutput(file: string, args: readonly string[]): Promise<string | null> {
  const env = { ...process.env, LC_ALL: 'C', PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` }
  return new Promise((resolve) => {
    execFile(file, args, { timeout: toolLimit, maxBuffer: outputLimit, env }, (error, stdout) => resolve(error === null ? stdout : null))
  })
}
