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

/** Names of facts, in lower case without dashes, that are replaced by "[secret]"; last line of defence, not the first. */
const secretNames = new Set([
  'key',
  'apikey',
  'xapikey',
  'privatekey',
  'token',
  'secret',
  'password',
  'passphrase',
  'cookie',
  'setcookie',
  'authorization',
  'proxyauthorization',
])

/** Facts nested deeper are left out: nobody reads them, and a cycle ends there too. */
const maxDepth = 5

/** Lines of JSON to `destination`. Its `setLevel` holds for all its parts. */
export function createLogger(level: LogLevel, destination: DestinationStream): Logger {
  const root = pino(
    {
      level: 'debug',
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }), log: (facts) => writable(facts, 0) as Record<string, unknown> },
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

/** `fact` as it may be written: secrets masked, errors with their causes in words. */
function writable(fact: unknown, depth: number): unknown {
  if (typeof fact !== 'object' || fact === null) return fact
  if (depth > maxDepth) return '[deeper]'
  if (Array.isArray(fact)) return fact.map((entry) => writable(entry, depth + 1))
  if (fact instanceof Error) {
    const { message, stack, cause, ...rest } = fact
    return { message, stack, ...maskEntries(rest, depth), ...(cause === undefined ? {} : { cause: writable(cause, depth + 1) }) }
  }
  return 'toJSON' in fact ? fact : maskEntries(fact, depth)
}

const maskEntries = (facts: object, depth: number) =>
  Object.fromEntries(
    Object.entries(facts).map(([name, fact]) =>
      secretNames.has(name.toLowerCase().replaceAll(/[-_]/gu, '')) ? [name, '[secret]'] : [name, writable(fact, depth + 1)],
    ),
  )
