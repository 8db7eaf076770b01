import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { NodeId } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Random } from '../support/random.ts'
import { errorHeader } from './failure-answer.ts'
import { append, forwardedRequestHeaders, forwardedResponseHeaders, type Headers, isLoop, viaName } from './header-rules.ts'
import type { Hop } from './hop.ts'

/** Who asks: a program on this machine, or a peer. */
export type Origin = { kind: 'program' } | { kind: 'peer'; id: NodeId }

interface Rules {
  node: NodeId
  isNodeSecret: (value: string) => boolean
}

/** Headers for the next hop, signed with `Via`. Throws `loop` when the request has passed this node before. */
export function outgoingHeaders(request: IncomingMessage, origin: Origin, requestId: string, { node, isNodeSecret }: Rules): Headers {
  if (isLoop(request.headers.via, node)) {
    throw new FcnError('loop', 'The request has passed this node before, or too many others; it is not sent round in circles.', {
      action: 'Check that no shared service points back to a node’s own address.',
    })
  }
  const headers = forwardedRequestHeaders(request.rawHeaders, isNodeSecret)
  append(headers, 'via', `${request.httpVersion} ${viaName(node)}`)
  headers['x-request-id'] = requestId
  if (origin.kind === 'peer') {
    headers['x-fcn-caller'] = origin.id
    // programs believe these from a proxy on their own machine; a peer could claim any address in them
    for (const name of Object.keys(headers)) if (/^(?:forwarded$|x-forwarded-|x-real-ip$)/u.test(name)) delete headers[name]
  }
  return headers
}

/** Headers for the caller: what the service said, and who served it by which path in what time (ms until the head). */
export function returnedHeaders(
  upstream: IncomingHttpHeaders,
  { hop, origin, requestId, node, took }: { hop: Hop; origin: Origin; requestId: string; node: NodeId; took: number },
): Headers {
  const headers = forwardedResponseHeaders(upstream)
  append(headers, 'via', `1.1 ${viaName(node)}`)
  append(headers, 'server-timing', `${origin.kind === 'peer' ? 'fcn-serve' : 'fcn-route'};dur=${took.toFixed(1)}`)
  headers['x-request-id'] = requestId
  headers['x-fcn-node'] = hop.node
  headers['x-fcn-path'] = hop.path
  const peerError = upstream[errorHeader]
  if (hop.path === 'direct' && typeof peerError === 'string') headers[errorHeader] = peerError
  // Documents of services share the address with the node's own page. In a sandbox they are of no origin, so their
  // scripts cannot use that page's cookie.
  if (origin.kind === 'program') append(headers, 'content-security-policy', sandbox)
  return headers
}

const sandbox = 'sandbox allow-scripts allow-forms allow-popups allow-modals allow-downloads'

/** The caller's request id when it is a plain word, else a new one. */
export function requestIdOf(headers: IncomingHttpHeaders, random: Random): string {
  const given = headers['x-request-id']
  return typeof given === 'string' && /^[\w.:-]{1,128}$/u.test(given) ? given : Buffer.from(random.bytes(16)).toString('hex')
}
