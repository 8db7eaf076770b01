import { CommanderError } from 'commander'
import { FcnError, toFcnError } from '../agent/errors.ts'
import { errorTable } from '../contract/error-codes.ts'
import type { Failure } from '../contract/failure.ts'
import type { Output } from './output.ts'
import { Stopped } from './terminal.ts'

/** Says on `output` what went wrong and returns the exit code that the error table gives it (sysexits.h). */
export function exitCodeFor(thrown: unknown, output: Output): number {
  if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0 // help and version were asked for
  if (thrown instanceof Stopped) {
    output.note(thrown.message)
    return thrown.exitCode
  }
  const failure = failureOf(thrown)
  output.failure(failure)
  return errorTable[failure.code].exit
}

function failureOf(thrown: unknown): Failure {
  if (thrown instanceof CommanderError) return usageError(thrown).toFailure()
  const error = toFcnError(thrown)
  if (error.code !== 'internal' || error === thrown) return error.toFailure()
  // an error of this program itself, on the user's own terminal: its message helps more than a general one
  return { code: 'internal', message: thrown instanceof Error ? thrown.message : String(thrown) }
}

/** Commander's "error: unknown command 'stauts'\n(Did you mean status?)" as one of ours. */
function usageError({ message, code }: CommanderError): FcnError {
  if (code === 'commander.help') return new FcnError('usage', 'No command was given.', { action: 'See: fcn --help' })
  const [what = '', hint] = message.replace(/^error: /u, '').split('\n')
  const sentence = `${what.charAt(0).toUpperCase()}${what.slice(1)}`
  return new FcnError('usage', sentence.endsWith('.') ? sentence : `${sentence}.`, {
    action: hint?.replace(/^\((.*)\)$/u, '$1') ?? 'See: fcn --help',
  })
}
