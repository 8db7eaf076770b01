import { execFile } from 'node:child_process'
import { nmcliFields } from './metered.ts'

/** NetworkManager's command line, where there is one. */
const tool = 'nmcli'
/** Longest wait for an answer, ms, and longest answer, bytes. */
const limit = 3_000
const maxAnswer = 256 * 1024

/** Asks NetworkManager for its devices by its tool `nmcli`; null where there is none, or when it does not answer well in time. */
export function askNetworkManager(platform: NodeJS.Platform, signal: AbortSignal): Promise<string | null> {
  if (platform !== 'linux') return Promise.resolve(null)
  const options = { timeout: limit, maxBuffer: maxAnswer, env: { ...process.env, LC_ALL: 'C' }, signal }
  return new Promise((resolve) => {
    execFile(tool, ['-t', '-f', nmcliFields, 'device', 'show'], options, (error, stdout) => resolve(error === null ? stdout : null))
  })
}
