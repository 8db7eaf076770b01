import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { FcnError } from '../errors.ts'

/**
 * Throws `invalid_input` for requests that two programs could read in two ways: more than one Host (or none, which only
 * HTTP/1.0 may do), targets that are no path (`GET http://other/…`, `*`), which would say who is meant a second time,
 * another transfer coding than `chunked`, which the parser lets through before it and nobody here undoes, any in HTTP/1.0,
 * and HTTP/0.9.
 * (RFC 9112, 3.2 and 6.1; what else concerns the length of bodies is refused by the parser.)
 */
export function checkForm({ url, httpVersion, rawHeaders }: Pick<IncomingMessage, 'url' | 'httpVersion' | 'rawHeaders'>): void {
  const hosts = hostHeaders({ rawHeaders })
  if (hosts > 1 || (hosts === 0 && httpVersion !== '1.0')) throw new FcnError('invalid_input', 'A request has one Host header.')
  if (!url?.startsWith('/')) throw new FcnError('invalid_input', 'The address of a request is a path.')
  const codings = valuesOf('transfer-encoding', rawHeaders)
  if (codings.some((coding) => coding.toLowerCase() !== 'chunked') || codings.length > (httpVersion === '1.1' ? 1 : 0))
    throw new FcnError('invalid_input', 'The only transfer coding is chunked, in HTTP/1.1.')
  if (httpVersion === '0.9') throw new FcnError('invalid_input', 'A request says its version: HTTP/1.1 is one.')
}

/**
 * The same for the connections of a server: one whose request was refused is not read any further, since where that
 * request ends is what nobody can be sure of. What had come with it is refused as well.
 */
export function createFormCheck(): (request: IncomingMessage) => void {
  const distrusted = new WeakSet<Socket>()
  return (request) => {
    if (distrusted.has(request.socket)) throw new FcnError('invalid_input', 'A request before this one could be read in two ways.')
    try {
      checkForm(request)
    } catch (error) {
      distrusted.add(request.socket)
      throw error
    }
  }
}

/** How many `Host` headers a request has: `headers` shows only the first. */
export function hostHeaders({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): number {
  return valuesOf('host', rawHeaders).length
}

const nothing: readonly string[] = []

/** Values of the fields with this name (lower case); asked for every request, so without a list where there is none. */
function valuesOf(wanted: string, rawHeaders: readonly string[]): readonly string[] {
  let values = nothing
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string
    if (name.length === wanted.length && name.toLowerCase() === wanted) values = [...values, rawHeaders[index + 1] as string]
  }
  return values
}
