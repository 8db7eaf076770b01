import { FcnError } from '../errors.ts'

/** A connection did not come about: nothing of any request was sent. */
export class DialError extends FcnError {
  static of(thrown: unknown): DialError {
    if (thrown instanceof DialError) return thrown
    const { code, message, action, details } = networkError(thrown, garbledAtFirst)
    return new DialError(code, message, { cause: thrown, ...(action && { action }), ...(details && { details }) })
  }
}

const garbledAtFirst = 'No encrypted connection came about at this address.'
const garbledLater = 'What came over the connection makes no sense: it was altered on the way.'

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

/** What went wrong on the way to an address, in words; `garbled` is what to say of TLS. */
export function networkError(thrown: unknown, garbled = garbledLater): FcnError {
  if (thrown instanceof FcnError) return thrown
  const code = codeOf(thrown)
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    return new FcnError('timeout', 'The peer did not answer in time.', { cause: thrown })
  }
  return new FcnError('unreachable', sentenceOf(code, garbled), { cause: thrown })
}

function sentenceOf(code: string, garbled: string): string {
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') return 'Nothing answered at this address in time.'
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code === 'EPROTO') return garbled
  return connecting[code] ?? 'The connection broke off.'
}

/** The code of a socket’s, TLS’ or undici’s error, of the first one when several addresses were tried; empty without one. */
export function codeOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return codeOf(thrown.errors[0])
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : ''
}
