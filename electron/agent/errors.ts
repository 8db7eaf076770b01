import { type ErrorCode, errorTable } from '../contract/error-codes.ts'
import type { Failure } from '../contract/failure.ts'

interface FcnErrorOptions {
  /** What the user can do about it. */
  action?: string
  /** Facts for programs; never secrets. */
  details?: Failure['details']
  cause?: unknown
}

/** The only error class that crosses a boundary of this program. The message is a whole sentence for people. */
export class FcnError extends Error {
  override readonly name = 'FcnError'
  readonly code: ErrorCode
  readonly action: string | undefined
  readonly details: Failure['details']

  constructor(code: ErrorCode, message: string, { action, details, cause }: FcnErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.action = action
    this.details = details
  }

  /** The error behind plain data that another part or node gave. */
  static from({ code, message, action, details }: Failure): FcnError {
    return new FcnError(code, message, { ...(action === undefined ? {} : { action }), ...(details === undefined ? {} : { details }) })
  }

  get status(): number {
    return errorTable[this.code].status
  }

  get exitCode(): number {
    return errorTable[this.code].exit
  }

  toFailure(): Failure {
    return {
      code: this.code,
      message: this.message,
      ...(this.action === undefined ? {} : { action: this.action }),
      ...(this.details === undefined ? {} : { details: this.details }),
    }
  }
}

/** SQLite's result code for a full disk (sqlite.org/rescode.html). */
const sqliteFull = 13

function isDiskFull(thrown: unknown): boolean {
  const { code, errcode } = (thrown ?? {}) as { code?: unknown; errcode?: unknown }
  return code === 'ENOSPC' || code === 'EDQUOT' || errcode === sqliteFull
}

/** Any thrown thing as an FcnError; what is not ours becomes `internal`, whose message tells strangers nothing. */
export function toFcnError(thrown: unknown): FcnError {
  if (thrown instanceof FcnError) return thrown
  if (isDiskFull(thrown)) {
    return new FcnError('disk_full', 'The disk with the data folder of this node is full, so nothing could be saved.', {
      action: 'Make room on it and try again.',
      cause: thrown,
    })
  }
  return new FcnError('internal', 'Something went wrong inside this node. Its log says more.', { cause: thrown })
}
