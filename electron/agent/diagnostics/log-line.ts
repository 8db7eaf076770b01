import { z } from 'zod'
import { parseJson } from '../support/json.ts'

/** A line of the log as it was written: one object of JSON. */
const written = z.looseObject({
  level: z.enum(['error', 'warn', 'info', 'debug']),
  time: z.iso.datetime(),
  msg: z.string(),
  part: z
    .string()
    .regex(/^[a-z][a-z -]{0,40}$/u)
    .optional(),
})
const writtenError = z.looseObject({ message: z.string(), code: z.string().optional(), stack: z.string().optional() })

/** Facts that are words of the program's own; all others are left out unless they are numbers, or yes and no. */
const wordFacts = new Set(['code', 'call', 'state', 'kind', 'method', 'face', 'version', 'reason', 'syscall'])
const word = /^[\w.-]{1,40}$/u
const factName = /^[a-z][a-zA-Z]{0,31}$/u
/** Of one sentence, and places of a stack that are kept. */
const longest = 400
const frames = 6

/** A line of the log for the bundle: what the program said itself, and no fact that is not known to be harmless; null when it is no line of the log. */
export function logLine(line: string, redact: (text: string) => string): string | null {
  const parsed = written.safeParse(parseJson(line))
  if (!parsed.success) return null
  const { level, time, msg, part, ...facts } = parsed.data
  const words = Object.entries(facts).flatMap(([name, fact]) => (factName.test(name) ? factWords(name, fact, redact) : []))
  const sentence = redact(msg).slice(0, longest)
  return [time, level.padEnd(5), part === undefined ? '' : `[${part}]`, sentence, ...words].filter((each) => each !== '').join(' ')
}

function factWords(name: string, fact: unknown, redact: (text: string) => string): string[] {
  if (typeof fact === 'number' || typeof fact === 'boolean') return [`${name}=${fact}`]
  if (typeof fact === 'string') return wordFacts.has(name) && word.test(fact) ? [`${name}=${redact(fact)}`] : []
  const error = name === 'error' || name === 'err' ? writtenError.safeParse(fact) : null
  if (!error?.success) return []
  const { message, code = '', stack = '' } = error.data
  return [...(word.test(code) ? [`code=${redact(code)}`] : []), `error: ${redact(message).slice(0, longest)}`, ...placesOf(stack)]
}

/** `at name (/a/b/chunk.js:12:5)` → `at name chunk.js:12:5`: where in the program, not where on the disk. */
const placesOf = (stack: string): string[] =>
  [...stack.matchAll(/^\s+at (?:(?:async )?([\w.$<>]{1,60}) )?\(?[^\n()]*?([\w.-]{1,60}\.m?[jt]s:\d+:\d+)\)?$/gmu)]
    .slice(0, frames)
    .map(([, name = '', place = '']) => `at ${[name, place].filter((each) => each !== '').join(' ')}`)
