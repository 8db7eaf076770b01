import { execFile, execFileSync } from 'node:child_process'

export interface CurlResult {
  /** Exit code: 0 when the exchange was whole. */
  code: number
  /** Body, or what `-i` and `-D -` add. */
  text: string
  bytes: Buffer
  /** Statuses of the answers, from `-w`. */
  statuses: number[]
  /** Seconds that the last transfer took, as curl says. */
  seconds: number
}

/** Why curl cannot be used here; null when it can. `feature` as `curl --version` names it. */
export function noCurl(feature?: string): string | null {
  try {
    const said = execFileSync('curl', ['--version'], { encoding: 'utf8' })
    return feature === undefined || said.includes(feature) ? null : `this curl has no ${feature}`
  } catch {
    return 'there is no curl'
  }
}

/** Runs a real curl, at most 20 s. Never rejects for an exit code. */
export function curl(args: readonly string[], input?: Buffer): Promise<CurlResult> {
  const form = ['-sS', '--max-time', '20', '--noproxy', '*', '-w', '%{stderr}\nstatus %{http_code} %{time_total}\n']
  return new Promise((resolve) => {
    const options = { encoding: 'buffer', maxBuffer: 256 * 2 ** 20 } as const
    const child = execFile('curl', [...form, ...args], options, (_error, stdout, stderr) => {
      const ends = [...stderr.toString().matchAll(/status (\d+) ([\d.]+)/gu)]
      resolve({
        code: child.exitCode ?? -1,
        text: stdout.toString('latin1'),
        bytes: stdout,
        statuses: ends.map(([, status]) => Number(status)),
        seconds: Number(ends.at(-1)?.[2] ?? Number.NaN),
      })
    })
    child.stdin?.on('error', () => undefined) // it may refuse to read what the server does not want
    child.stdin?.end(input)
  })
}
