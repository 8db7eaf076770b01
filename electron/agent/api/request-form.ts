import type { IncomingMessage } from 'node:http'
import { FcnError } from '../errors.ts'

/**
 * Throws `invalid_input` for requests that two programs could read in two ways: more than one Host (or none, which only
 * HTTP/1.0 may do), and targets that are no path (`GET http://other/…`, `*`), which would say who is meant a second time.
 * (RFC 9112, 3.2; what concerns the length of bodies is refused by the parser.)
 */
export function checkForm({ url, httpVersion, rawHeaders }: Pick<IncomingMessage, 'url' | 'httpVersion' | 'rawHeaders'>): void {
  const hosts = hostHeaders({ rawHeaders })
  if (hosts > 1 || (hosts === 0 && httpVersion !== '1.0')) throw new FcnError('invalid_input', 'A request has one Host header.')
  if (!url?.startsWith('/')) throw new FcnError('invalid_input', 'The address of a request is a path.')
}

/** How many `Host` headers a request has: `headers` shows only the first. */
export function hostHeaders({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): number {
  let count = 0
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string
    if (name.length === 4 && name.toLowerCase() === 'host') count++
  }
  return count
}
