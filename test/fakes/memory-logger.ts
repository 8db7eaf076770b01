import type { Logger, LogLevel } from '../../electron/agent/support/logger.ts'

export interface MemoryLogger extends Logger {
  readonly lines: { level: LogLevel; facts: object; sentence: string }[]
}

/** Keeps every line, for tests that promise what is logged, or that something is not. */
export function createMemoryLogger(): MemoryLogger {
  const lines: MemoryLogger['lines'] = []
  const write = (level: LogLevel) => (facts: object, sentence: string) => void lines.push({ level, facts, sentence })
  const logger: MemoryLogger = {
    lines,
    error: write('error'),
    warn: write('warn'),
    info: write('info'),
    debug: write('debug'),
    part: () => logger,
    setLevel: () => undefined,
  }
  return logger
}
