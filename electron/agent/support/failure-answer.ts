import { type IncomingHttpHeaders, STATUS_CODES, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FcnError } from '../errors.ts'

/** Says that the answer is this node's own and not the service's, and why. */
export const errorHeader = 'x-fcn-error'
/** `no`: it is sure that no program has seen the request, so that it may be sent elsewhere whatever its method. */
export const executedHeader = 'x-fcn-executed'

/** What is known of a request that failed. */
export interface FailedRequest {
  /** Null when it has none. */
  requestId: string | null
  /** False when it is sure that no program has seen it. */
  executed: boolean
}

/** The id that a caller gives its request, when it is a plain word; null without one. */
export function requestIdIn({ 'x-request-id': given }: IncomingHttpHeaders): string | null {
  return typeof given === 'string' && /^[\w.:-]{1,128}$/u.test(given) ? given : null
}

/** Answers with the error as JSON; when an answer has begun, the connection is cut so that the caller notices. */
export function sendFailure(response: ServerResponse, error: FcnError, failed: FailedRequest): void {
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  const body = JSON.stringify(error.toFailure())
  response.writeHead(statusOf(error), { ...failureHeaders(error, failed), 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

/** The same on a socket that asked for an upgrade; closes it. */
export function refuseUpgrade(socket: Duplex, error: FcnError, failed: FailedRequest): void {
  if (socket.destroyed) return
  const body = JSON.stringify(error.toFailure())
  const status = statusOf(error)
  const headers = { ...failureHeaders(error, failed), 'content-length': Buffer.byteLength(body), connection: 'close' }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.once('finish', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}\r\n${lines.join('')}\r\n${body}`)
}

/** A service that declines an upgrade says with which status; its own answer is the honest one. */
function statusOf(error: FcnError): number {
  const status = error.details?.['status']
  return typeof status === 'number' && status >= 400 && status <= 599 ? status : error.status
}

/** Headers of an answer that is an error of this node; its body is JSON. */
export function failureHeaders({ code, details }: FcnError, { requestId, executed }: FailedRequest): Record<string, string | number> {
  const retryAfter = details?.['retryAfter']
  return {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    [errorHeader]: code,
    ...(!executed && { [executedHeader]: 'no' }),
    ...(typeof retryAfter === 'number' && { 'retry-after': retryAfter }),
    ...(requestId !== null && { 'x-request-id': requestId }),
  }
}
