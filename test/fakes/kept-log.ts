import type { Logger, LogLevel } from '../../electron/agent/support/logger.ts'

export interface KeptLog extends Logger {
  readonly lines: { level: LogLevel; facts: object; sentence: string }[]
}

/** A logger that keeps its lines instead of writing them, for tests that promise what is logged, or that something is not. */
export function createKeptLog(): KeptLog {
  const lines: KeptLog['lines'] = []
  const keep = (level: LogLevel) => (facts: object, sentence: string) => void lines.push({ level, facts, sentence })
  const log: KeptLog = {
    lines,
    error: keep('error'),
    warn: keep('warn'),
    info: keep('info'),
    debug: keep('debug'),
    part: () => log,
    setLevel: () => undefined,
  }
  return log
}
