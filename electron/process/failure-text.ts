import type { FcnError } from '../agent/errors.ts'

/** An error as a person reads it: what happened, and on a second line what to do. Never a stack trace. */
export function failureText(error: FcnError): string {
  return error.action === undefined ? error.message : `${error.message}\n${error.action}`
}
