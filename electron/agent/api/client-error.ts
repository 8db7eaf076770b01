import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Refusals } from '../components.ts'
import { FcnError } from '../errors.ts'
import { plainAddress } from '../support/loopback.ts'
import { rawAnswer } from './raw-answer.ts'

/**
 * Answers what arrives on a connection but is no request: garbage (400), headers too large (431) or too slow (408).
 * There is no request to route yet, so the answer is written to the connection, which is then closed. TLS that does not
 * come about has nobody who could be told; it is closed without a word.
 */
export function createClientErrorHandler(refusals: Pick<Refusals, 'connection'>) {
  const seen = new WeakSet<Socket>()
  return (error: Error & { code?: string }, socket: Socket): void => {
    // what still arrives while the answer goes out is part of the same garbage
    if (seen.has(socket)) return
    seen.add(socket)
    const code = error.code ?? ''
    const refused = refusalOf(code)
    if (refused !== null) refusals.connection(plainAddress(socket.remoteAddress ?? ''), refused.code)
    if (refused === null || !isHttp(code) || !socket.writable || isAnswering(socket)) {
      socket.destroy()
      return
    }
    socket.write(rawAnswer(refused, statusOf(code)))
    socket.destroySoon()
  }
}

/**
 * Whether an answer has begun on the connection: a second one would end up in the middle of its body. Only node:http knows,
 * whose own handler looks here.
 */
const isAnswering = (socket: Socket & { _httpMessage?: ServerResponse | null }): boolean => socket._httpMessage?.headersSent === true

/** Null for a connection that broke: nobody refused anything. */
function refusalOf(code: string): FcnError | null {
  if (code === 'HPE_HEADER_OVERFLOW') return new FcnError('too_large', 'The headers of the request are too large.')
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new FcnError('timeout', 'The headers of the request did not arrive in time.')
  if (isHttp(code)) return new FcnError('invalid_input', 'This is not an HTTP request.')
  if (code === 'ERR_TLS_HANDSHAKE_TIMEOUT') return new FcnError('timeout', 'TLS did not come about in time.')
  if (code.startsWith('ERR_SSL_')) return new FcnError('invalid_input', 'This is not the TLS that is spoken here.')
  return null
}

const isHttp = (code: string) => code.startsWith('HPE_') || code === 'ERR_HTTP_REQUEST_TIMEOUT'

function statusOf(code: string): number | undefined {
  if (code === 'HPE_HEADER_OVERFLOW') return 431
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : undefined
}
