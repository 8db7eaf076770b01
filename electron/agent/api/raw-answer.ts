import { STATUS_CODES } from 'node:http'
import type { FcnError } from '../errors.ts'

/** A whole HTTP/1.1 answer that carries the error and ends the connection, for places where there is no reply object. */
export function rawAnswer(error: FcnError, status = error.status): string {
  const body = JSON.stringify(error.toFailure())
  const retryAfter = error.details?.['retryAfter']
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    ...(typeof retryAfter === 'number' ? [`Retry-After: ${retryAfter}`] : []),
    'Connection: close',
    '',
    body,
  ].join('\r\n')
}
