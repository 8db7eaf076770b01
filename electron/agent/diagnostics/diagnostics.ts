/**
 * Collects what helps to find out why something does not work, for a person to read, save and hand on. It asks the doctor,
 * reads the end of the log, and sends nothing anywhere. What may be in it is decided by report.ts, and only there.
 */
import { homedir, hostname, userInfo } from 'node:os'
import type { Diagnosis } from '../../contract/discovery.ts'
import type { Diagnostics } from '../../contract/diagnostics.ts'
import type { Snapshot } from '../../contract/snapshot.ts'
import type { Clock } from '../support/clock.ts'
import type { Logger } from '../support/logger.ts'
import { createAliases } from './aliases.ts'
import { buildReport } from './build-report.ts'
import { knownTexts } from './known-texts.ts'
import { logLine } from './log-line.ts'
import { createRedactor } from './redact-text.ts'
import { reportSections } from './report-text.ts'

interface DiagnosticsComponents {
  clock: Clock
  log: Logger
  snapshot: () => Snapshot
  doctor: { run(): Promise<Diagnosis> }
  /** The last lines of the log, oldest first, at most `count`. */
  lastLogLines: (count: number) => Promise<readonly string[]>
  /** Keys and tokens that are in use, to be found wherever they might have got to. */
  secrets: () => readonly string[]
  /** Secret of this node that keeps aliases the same from one file to the next. */
  salt: string
}

const logLines = 200

/** Throws when something does not fit the allow list. Who asks while one is collected gets the same. */
export function createDiagnostics(components: DiagnosticsComponents): () => Promise<Diagnostics> {
  const { clock, log, snapshot, doctor, lastLogLines, secrets, salt } = components

  const collect = async (): Promise<Diagnostics> => {
    const [diagnosis, lines] = await Promise.all([
      doctor.run().catch((error: unknown) => {
        log.warn({ error }, 'The doctor could not be asked for the diagnostics.')
        return null
      }),
      lastLogLines(logLines),
    ])
    const state = snapshot()
    const at = clock.now()
    const aliasOf = createAliases(salt)
    const redact = createRedactor(knownTexts(state, { secrets: secrets(), ...thisUser() }, aliasOf), aliasOf)
    const report = buildReport(
      {
        ...{ snapshot: state, diagnosis, at, platform: process.platform, arch: process.arch },
        log: lines.flatMap((line) => logLine(line, redact) ?? []),
      },
      aliasOf,
      redact,
    )
    const stamp = new Date(at).toISOString().slice(0, 16).replaceAll(/[:T]/gu, '-')
    return { at, fileName: `fcn-diagnostics-${stamp}.txt`, sections: reportSections(report) }
  }

  let collecting: Promise<Diagnostics> | null = null
  return () => {
    collecting ??= collect().finally(() => (collecting = null))
    return collecting
  }
}

function thisUser(): { hostName: string; userName: string; homeDir: string } {
  return { hostName: hostname(), userName: userName(), homeDir: homedir() }
}

/** Throws on some systems when the account has no entry (a container with a bare uid). */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return ''
  }
}
