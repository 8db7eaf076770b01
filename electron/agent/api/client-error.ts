import type { Socket } from 'node:net'
import { FcnError } from '../errors.ts'
import { rawAnswer } from './raw-answer.ts'

/**
 * Answers what arrives on a connection but is no request: garbage (400), headers too large (431) or too slow (408).
 * There is no request to route yet, so the answer is written to the connection, which is then closed.
 */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  const answer = answerTo(error.code ?? '')
  // a connection that broke, or one whose TLS never stood, has nobody left to tell
  if (answer === null || !socket.writable) {
    socket.destroy()
    return
  }
  socket.write(answer)
  socket.destroySoon()
}

function answerTo(code: string): string | null {
  if (code === 'HPE_HEADER_OVERFLOW') return rawAnswer(new FcnError('too_large', 'The headers of the request are too large.'), 431)
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return rawAnswer(new FcnError('timeout', 'The headers of the request did not arrive in time.'), 408)
  if (code.startsWith('HPE_')) return rawAnswer(new FcnError('invalid_input', 'This is not an HTTP request.'))
  return null
}
