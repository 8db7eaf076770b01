import type { Logger } from '../../electron/agent/support/logger.ts'

/** A logger that keeps its lines instead of writing them. */
export function createKeptLog(): Logger & { lines: { level: string; facts: object; sentence: string }[] } {
  const lines: { level: string; facts: object; sentence: string }[] = []
  const keep = (level: string) => (facts: object, sentence: string) => void lines.push({ level, facts, sentence })
  const log = {
    lines,
    error: keep('error'),
    warn: keep('warn'),
    info: keep('info'),
    debug: keep('debug'),
    part: () => log,
    setLevel: () => {},
  }
  return log
}
