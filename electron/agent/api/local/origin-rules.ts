/**
 * Whether a request that came over loopback was really made by a program or page of this machine, as far as its headers
 * tell: browsers say truthfully which site is behind a request, and pages cannot change what they say. Pure.
 */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { isLoopbackHost, isLoopbackName } from '../../support/loopback.ts'
import { hostHeaders } from '../request-form.ts'

/**
 * Whether the one `Host` header names loopback at this very port. A site that points its own name at 127.0.0.1 (DNS
 * rebinding) sends its own name; two Host headers are a trick.
 */
export function namesThisPort(request: IncomingMessage): boolean {
  return hostHeaders(request) === 1 && isLoopbackHost(request.headers.host, request.socket.localPort ?? 0)
}

/** The same for any port and for names below `localhost`: programs may come by way of a forwarded port. */
export function namesThisMachine(request: IncomingMessage): boolean {
  return hostHeaders(request) === 1 && namesLoopback(request.headers.host)
}

/** No page, or a page of the very origin that it asks. */
export function isSameOrigin({ origin, host, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean {
  // "none" is a person's own doing (address bar, bookmark)
  return (origin === undefined || origin === `http://${host}`) && (site === undefined || site === 'same-origin' || site === 'none')
}

/**
 * No page, or a page from loopback, whatever its port. Where a browser names no origin (images, links) it says whether
 * the request crosses sites, and for what. The origin `null` (sandboxed frames, files) can be anybody.
 */
export function isFromThisMachine({ headers, method }: Pick<IncomingMessage, 'headers' | 'method'>): boolean {
  const { origin, 'sec-fetch-site': site } = headers
  if (origin === undefined) return site !== 'cross-site' || isPartOfPage(headers, method)
  const match = /^https?:\/\/(?<host>[^/]+)$/iu.exec(origin)
  return namesLoopback(match?.groups?.['host'])
}

/** What pages only show or run, and cannot read when it comes from another site. */
const shown: ReadonlySet<unknown> = new Set(['style', 'image', 'script', 'font', 'audio', 'video', 'track'])

/**
 * The documents of services are sandboxed (routing/exchange.ts): for the browser their images, styles and scripts cross
 * sites. They look the same when a page from elsewhere shows them, which can do so with any server of this machine.
 */
function isPartOfPage({ 'sec-fetch-mode': mode, 'sec-fetch-dest': destination }: IncomingHttpHeaders, method: string | undefined): boolean {
  return (method === 'GET' || method === 'HEAD') && mode === 'no-cors' && shown.has(destination)
}

function namesLoopback(host: string | undefined): boolean {
  const name = /^(?<name>[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/iu.exec(host ?? '')?.groups?.['name']
  return name !== undefined && isLoopbackName(name)
}
