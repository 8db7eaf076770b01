import { FcnError } from '../errors.ts'

/** A connection did not come about: nothing of any request was sent. */
export class DialError extends FcnError {
  static of(thrown: unknown): DialError {
    if (thrown instanceof DialError) return thrown
    const { code, message, action, details } = networkFailure(thrown).error
    return new DialError(code, message, { cause: thrown, ...(action && { action }), ...(details && { details }) })
  }
}

/** What went wrong on the way to an address, in words; and whether it is sure that nothing of the request was sent. */
export interface NetworkFailure {
  error: FcnError
  beforeSending: boolean
}

const connecting: Record<string, string> = {
  ECONNREFUSED: 'The connection was refused: nothing listens there.',
  EHOSTUNREACH: 'There is no way to this address.',
  ENETUNREACH: 'There is no network that leads to this address.',
  EHOSTDOWN: 'The machine at this address is down.',
  EADDRNOTAVAIL: 'There is no way to this address.',
  EACCES: 'This computer does not allow connections to this address.',
  EPERM: 'This computer does not allow connections to this address.',
  ENOTFOUND: 'No machine of this name was found.',
  EAI_AGAIN: 'The name could not be looked up.',
}

/** Sorts an error of a socket, TLS or undici into the error table. */
export function networkFailure(thrown: unknown): NetworkFailure {
  if (thrown instanceof FcnError)
    return {
      error: thrown,
      beforeSending: thrown instanceof DialError || thrown.code === 'key_mismatch' || thrown.code === 'refused_address',
    }
  const code = codeOf(thrown)
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') {
    return { error: new FcnError('unreachable', 'Nothing answered at this address in time.', { cause: thrown }), beforeSending: true }
  }
  const sentence = connecting[code]
  if (sentence !== undefined) return { error: new FcnError('unreachable', sentence, { cause: thrown }), beforeSending: true }
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code === 'EPROTO') {
    return {
      error: new FcnError('unreachable', 'No encrypted connection came about at this address.', { cause: thrown }),
      beforeSending: true,
    }
  }
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    return { error: new FcnError('timeout', 'The peer did not answer in time.', { cause: thrown }), beforeSending: false }
  }
  return { error: new FcnError('unreachable', 'The connection broke off.', { cause: thrown }), beforeSending: false }
}

/** The code of a socket’s, TLS’ or undici’s error, of the first one when several addresses were tried; empty without one. */
export function codeOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return codeOf(thrown.errors[0])
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : ''
}
