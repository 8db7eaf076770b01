/** The heads of requests and answers as this node sends them on. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { NodeId } from '../components.ts'
import { FcnError } from '../errors.ts'
import { errorHeader, executedHeader, requestIdIn } from '../support/failure-answer.ts'
import type { Random } from '../support/random.ts'
import { tokensHeader } from '../protocol/token-count.ts'
import { timeoutHeader } from './deadline.ts'
import { forwardedRequestHeaders, forwardedResponseHeaders, type HeaderList, isLoop, listWith, viaName } from './header-rules.ts'
import type { Hop } from './hop.ts'

/** Who asks: a program on this machine, or a peer. */
export type Origin = { kind: 'program' } | { kind: 'peer'; id: NodeId }

interface OutgoingRules {
  node: NodeId
  origin: Origin
  requestId: string
  hasBody: boolean
  /** Names of the trailers that will follow the body; null when there are none. */
  trailers: readonly string[] | null
  isNodeSecret: (value: string) => boolean
  /** Names of the headers that pass, in lower case; absent: all that are no secret of this node and not about one connection. */
  only?: ReadonlySet<string>
}

/** Headers for the next hop, signed with `Via`. Throws `loop` when the request has passed this node before. */
export function outgoingHeaders(request: IncomingMessage, rules: OutgoingRules): HeaderList {
  const { node, origin, requestId, hasBody, trailers, isNodeSecret, only } = rules
  const fromPeer = origin.kind === 'peer'
  const { headers, via } = forwardedRequestHeaders(request.rawHeaders, { isNodeSecret, fromPeer, hasBody, ...(only && { only }) })
  if (isLoop(via, node)) {
    throw new FcnError('loop', 'The request has passed this node before, or too many others; it is not sent round in circles.', {
      action: 'Check that no shared service points back to a node’s own address.',
    })
  }
  headers.push('via', listWith(via, `${request.httpVersion} ${viaName(node)}`), 'x-request-id', requestId)
  if (origin.kind === 'peer') headers.push('x-fcn-caller', origin.id)
  if (trailers !== null) headers.push('trailer', trailers.join(', '))
  return headers
}

/** The same with what is left of the caller's time, ms. */
export const withTimeLeft = (headers: HeaderList, left: number | null): HeaderList =>
  left === null ? headers : [...headers, timeoutHeader, String(Math.max(1, Math.floor(left)))]

interface ReturnedFacts {
  hop: Hop
  origin: Origin
  requestId: string
  node: NodeId
  /** From arrival to the head of the answer, ms. */
  took: number
}

/** Headers for the caller: what the service said, and who served it by which path in what time. */
export function returnedHeaders(
  status: number,
  upstream: IncomingHttpHeaders,
  { hop, origin, requestId, node, took }: ReturnedFacts,
): HeaderList {
  const headers = forwardedResponseHeaders(upstream, status)
  const timing = `${origin.kind === 'peer' ? 'fcn-serve' : 'fcn-route'};dur=${took.toFixed(1)}`
  headers.push('via', listWith(upstream['via'], `1.1 ${viaName(node)}`), 'server-timing', listWith(upstream['server-timing'], timing))
  headers.push('x-request-id', requestId, 'x-fcn-node', hop.node, 'x-fcn-path', hop.path)
  if (isNodesWord(hop)) {
    for (const name of [errorHeader, executedHeader, ...(origin.kind === 'peer' ? [tokensHeader] : [])]) {
      const value = upstream[name]
      if (typeof value === 'string') headers.push(name, value)
    }
  }
  // Documents of services share the address with the node's own page. In a sandbox they are of no origin, so their
  // scripts cannot use that page's cookie.
  if (origin.kind === 'program') headers.push('content-security-policy', sandbox)
  return headers
}

/** Whether what it answers about the request is a node's own word: a peer's, or that of a part of this node. */
export const isNodesWord = ({ path, speaksForNode }: Pick<Hop, 'path' | 'speaksForNode'>): boolean =>
  path !== 'local' || speaksForNode === true

const sandbox = 'sandbox allow-scripts allow-forms allow-popups allow-modals allow-downloads'

/** Makes request ids: 128 bits in hex, random per run and counted within it, since nobody has to be unable to guess them. */
export function createRequestIds({ random }: { random: Random }): (headers: IncomingHttpHeaders) => string {
  const run = Buffer.from(random.bytes(10)).toString('hex')
  let count = 0
  return (headers) => requestIdIn(headers) ?? run + (count++).toString(16).padStart(12, '0')
}
