import { toFcnError } from '../agent/errors.ts'
import type { Logger } from '../agent/support/logger.ts'

interface ErrorSource {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown
}

/**
 * An error that no part has caught leaves the program in a state nobody knows: it is written down, then `giveUp` ends the
 * program, once. Without this Electron would show a stack trace and go on.
 */
export function onFatalErrors(source: ErrorSource, { log, giveUp }: { log: Logger; giveUp: (error: unknown) => void }): void {
  let given = false
  const listener = (error: unknown) => {
    log.error({ err: error }, 'An error that no part has caught ends the program.')
    if (given) return
    given = true
    giveUp(error)
  }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) source.on(event, listener)
}

/** What a person is told of it: the error's own words where it has any for people, and where the rest is written. */
export function fatalText(thrown: unknown, logPath: string): string {
  const error = toFcnError(thrown)
  const what = error.code === 'internal' ? 'Something went wrong inside the program, and it had to end.' : error.message
  return `${what}\nNothing that it keeps is lost. Start it again; if it ends again, hand the log to whoever helps you:\n${logPath}`
}
