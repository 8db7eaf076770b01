import { pino, type DestinationStream } from 'pino'

export type LogLevel = 'error' | 'warn' | 'info' | 'debug'

/** Structured logs: a sentence, and facts beside it. Facts whose name says secret are never written. */
export interface Logger {
  error(facts: object, sentence: string): void
  warn(facts: object, sentence: string): void
  info(facts: object, sentence: string): void
  debug(facts: object, sentence: string): void
  /** A logger that marks its lines with the part they come from. */
  part(name: string): Logger
  setLevel(level: LogLevel): void
}

/** Names of facts that are replaced by "[secret]" up to three levels deep; last line of defence, not the first. */
const secretNames = [
  'key',
  'apiKey',
  'token',
  'secret',
  'password',
  'passphrase',
  'cookie',
  'authorization',
  'privateKey',
  'set-cookie',
  'x-api-key',
]
const quoted = secretNames.map((name) => `["${name}"]`)

/** Lines of JSON to `destination`. Its `setLevel` holds for all its parts. */
export function createLogger(level: LogLevel, destination: DestinationStream): Logger {
  const root = pino(
    {
      level: 'debug',
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: [...quoted, ...quoted.map((q) => `*${q}`), ...quoted.map((q) => `*.*${q}`)], censor: '[secret]' },
    },
    destination,
  )
  const order: Record<LogLevel, number> = { error: 50, warn: 40, info: 30, debug: 20 }
  let threshold = order[level]

  const wrap = (log: typeof root): Logger => {
    const write = (at: LogLevel) => (facts: object, sentence: string) => {
      if (order[at] >= threshold) log[at](facts, sentence)
    }
    return {
      error: write('error'),
      warn: write('warn'),
      info: write('info'),
      debug: write('debug'),
      part: (name) => wrap(log.child({ part: name })),
      setLevel: (next) => void (threshold = order[next]),
    }
  }
  return wrap(root)
}
