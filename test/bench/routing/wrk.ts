/** The load of wrk, from the CPU of the bench: closed loops on kept connections. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { installed, pinned } from './pinned-process.ts'

const execute = promisify(execFile)

export const hasWrk = installed('wrk', '--version')

export interface Load {
  requests: number
  perSecond: number
  /** Latency, µs. */
  median: number
  p99: number
  /** Answers that were no success, and connections that failed. */
  failures: number
}

/** Asks for `url` on so many connections at once, for so many seconds. */
export async function wrk(url: string, { connections, seconds }: { connections: number; seconds: number }): Promise<Load> {
  const [program, ...args] = pinned(['wrk', '-t1', `-c${connections}`, `-d${seconds}s`, '--latency', url]) as [string, ...string[]]
  const { stdout } = await execute(program, args, { timeout: (seconds + 20) * 1000 })
  const field = (pattern: RegExp) => pattern.exec(stdout)?.[1]
  const time = (percent: number) => microseconds(field(new RegExp(`^\\s+${percent}%\\s+(\\S+)$`, 'mu')))
  const socketErrors = field(/Socket errors: (.*)/u)?.match(/\d+/gu) ?? []
  return {
    requests: Number(field(/(\d+) requests in/u)),
    perSecond: Number(field(/Requests\/sec:\s+([\d.]+)/u)),
    median: time(50),
    p99: time(99),
    failures: [field(/Non-2xx or 3xx responses: (\d+)/u) ?? '0', ...socketErrors].reduce((sum, text) => sum + Number(text), 0),
  }
}

const unitOf: Record<string, number> = { us: 1, ms: 1e3, s: 1e6, m: 6e7 }

function microseconds(text: string | undefined): number {
  const [, value, unit] = /^([\d.]+)(us|ms|s|m)$/u.exec(text ?? '') ?? []
  return Number(value) * (unitOf[unit ?? ''] ?? Number.NaN)
}
