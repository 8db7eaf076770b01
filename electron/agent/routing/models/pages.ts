/**
 * Pages that ask for models: those of this machine may (the guard has let nobody else through), as with Ollama itself, and a
 * browser lets them read the answer only when that says so (Fetch standard, CORS protocol). Pure.
 */
import type { IncomingHttpHeaders } from 'node:http'

/** What a browser asks beforehand, and what is answered; null when it does not ask. */
export function preflightAnswer(method: string | undefined, headers: IncomingHttpHeaders): Record<string, string> | null {
  if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return null
  const asked = headers['access-control-request-headers']
  return {
    ...headersFor(headers),
    'access-control-allow-methods': 'GET, HEAD, POST, OPTIONS',
    ...(asked !== undefined && /^[\w\-, ]{1,1024}$/u.test(asked) && { 'access-control-allow-headers': asked }),
    'access-control-max-age': '600',
  }
}

/** Of every answer to a page; empty for a program. */
export function headersFor({ origin }: IncomingHttpHeaders): Record<string, string> {
  return origin === undefined ? {} : { 'access-control-allow-origin': origin, vary: 'origin' }
}
