/** What the addresses of the router are, for the description of this node (openapi/). */
import type { ErrorCode } from '../../contract/error-codes.ts'
import { capabilityName } from '../../contract/capability.ts'
import type { Answer, Operation, Parameter } from '../openapi/operation.ts'
import { errorHeader } from '../support/failure-answer.ts'
import { timeoutHeader } from './deadline.ts'

const inPath = (text: string): Parameter => ({ in: 'path', text })
const capability: Parameter = { ...inPath('One of the five.'), schema: capabilityName }
const service = inPath('Id of the service, or its name.')
const path = inPath('Passed on as it is, with the query; may be empty and may have slashes.')
const anyMesh = inPath('Id or name of a mesh, or `any`.')
const meshId = inPath('Id of the mesh.')

interface Address extends Pick<Operation, 'id' | 'summary' | 'path'> {
  parameters: Record<string, Parameter>
}

const addresses: Record<string, Address> = {
  '/services/': {
    id: 'service',
    summary: 'A service of the mesh, at the best node that has it',
    path: '/services/{mesh}/{peer}/{service}/{path}',
    parameters: { mesh: anyMesh, peer: inPath('Id or name of a node, or `any`.'), service, path },
  },
  '/capabilities/': {
    id: 'capability',
    summary: 'A capability of the mesh, at the best node that offers it',
    path: '/capabilities/{mesh}/{capability}/{path}',
    parameters: { mesh: anyMesh, capability, path },
  },
  '/peer/v1/services/': {
    id: 'peerService',
    summary: 'A service of this node',
    path: '/peer/v1/services/{mesh}/{service}/{path}',
    parameters: { mesh: meshId, service: inPath('Id of the service.'), path },
  },
  '/peer/v1/capabilities/': {
    id: 'peerCapability',
    summary: 'A capability of this node',
    path: '/peer/v1/capabilities/{mesh}/{capability}/{path}',
    parameters: { mesh: meshId, capability, path },
  },
}

const requestId: Parameter = { in: 'header', text: 'Up to 128 of `A–Z a–z 0–9 _ . : -`; made here when absent.' }

const timeLimit: Parameter = {
  in: 'header',
  text: 'Longest that the caller waits for the end of the answer, of an upgrade for the switch, ms.',
}

const headers = {
  'x-request-id': 'Id of the request at every node it passes.',
  'x-fcn-node': 'Id of the node whose program answered.',
  'x-fcn-path': '`local`, or how the peer that served it was reached: `direct`, `relayed`.',
  [errorHeader]: 'Code of the error, when a node answered in place of the program.',
  'server-timing': 'Milliseconds until the answer began: `fcn-route` here, `fcn-serve` at the serving node.',
  via: 'The nodes it passed.',
}

const anything: Answer = { text: 'Whatever the program behind it answers, streamed.', content: { media: '*/*' }, headers }
const switched: Answer = { text: 'The program speaks the protocol of `Upgrade` now, as WebSocket.', content: null }

const served: readonly ErrorCode[] = [
  'not_found',
  'not_member',
  'not_granted',
  'capability_off',
  'paused',
  'backend_failed',
  'bad_answer',
  'timeout',
  'loop',
  'not_running',
]
const sent: readonly ErrorCode[] = [...served, 'ambiguous', 'no_peer', 'unreachable', 'key_mismatch', 'removed', 'blocked']

/** The description of everything below a prefix. Throws for one that has none here, as a mistake of this program. */
export function routingOperation(prefix: string, method: string): Operation {
  const address = addresses[prefix]
  if (address === undefined) throw new Error(`${prefix} is not described.`)
  const forPeers = prefix.startsWith('/peer/')
  return {
    ...address,
    id: `${address.id}.${method.toLowerCase()}`,
    tag: forPeers ? 'Peer' : 'Routing',
    description: 'Any method, with a body of any kind and size; not only those that are listed.',
    access: forPeers ? 'node' : 'use',
    parameters: { ...address.parameters, 'x-request-id': requestId, [timeoutHeader]: timeLimit },
    ...(hasBody.has(method) && { body: { media: '*/*', optional: true } }),
    answers: { ...(method === 'GET' && { 101: switched }), default: anything },
    fails: forPeers ? served : sent,
    failure: 'routed',
  }
}

const hasBody = new Set(['POST', 'PUT', 'PATCH'])
