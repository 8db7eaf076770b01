import { FcnError } from '../errors.ts'

/** How long a caller waits, ms: set by programs, passed on with what is left of it. Relative, since clocks differ. */
export const timeoutHeader = 'x-fcn-timeout'

/** Longest deadline, ms: a day. */
const longest = 86_400_000

/** The time a caller gives, ms; null when it sets none. Throws `invalid_input`. */
export function timeoutIn(value: string | string[] | undefined): number | null {
  if (value === undefined) return null
  const ms = typeof value === 'string' && /^\d{1,9}$/u.test(value) ? Number(value) : 0
  if (ms >= 1 && ms <= longest) return ms
  throw new FcnError('invalid_input', `The header ${timeoutHeader} is a number of milliseconds from 1 to ${longest}.`)
}

export const deadlinePassed = (): FcnError =>
  new FcnError('timeout', 'There was no answer within the time that the caller gives.', {
    action: `Give more time in the header ${timeoutHeader}, or ask another node.`,
  })
