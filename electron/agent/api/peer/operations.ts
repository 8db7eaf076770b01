/** What each route of the peer API is and takes, for the routes and for the description of this node. */
import { z } from 'zod'
import type { ErrorCode } from '../../../contract/error-codes.ts'
import type { Operation, Parameter } from '../../openapi/operation.ts'
import * as messages from '../../protocol/messages.ts'

export const requestPath = z.object({ request: z.string().min(1).max(64) })
export const waitQuery = z.object({ wait: z.coerce.number().int().min(0).max(messages.maxJoinWait).default(0) })
export const withdrawQuery = z.object({ codesDiffer: z.enum(['true', 'false']).default('false') })

const answered = (schema: z.ZodType): Operation['answers'] => ({ 200: { text: 'What was asked for.', content: { schema } } })

/** Shows a request to join, or what has become of it. */
const joining: Pick<Operation, 'answers' | 'parameters'> = {
  answers: answered(messages.joinAnswer),
  parameters: { request: { in: 'path', text: 'Id of the request to join.', schema: requestPath.shape.request } },
}

interface PeerOperation extends Pick<Operation, 'id' | 'summary' | 'answers'> {
  description?: string
  parameters?: Record<string, Parameter>
  body?: Operation['body']
  fails?: readonly ErrorCode[]
}

const peerOperations = {
  hello: { id: 'hello', summary: 'Who this node is', answers: answered(messages.hello) },
  ask: {
    id: 'askToJoin',
    summary: 'Ask to be let into a mesh: by a commitment, from which a code follows, or by invite',
    body: { schema: messages.joinAsk },
    answers: answered(messages.joinAnswer),
    fails: [
      ...(['no_mesh', 'ambiguous', 'not_admin', 'protocol_mismatch', 'blocked'] as const),
      ...(['invite_unknown', 'invite_used', 'invite_expired', 'invite_revoked', 'invite_wrong_mesh'] as const),
    ],
  },
  answer: {
    ...joining,
    id: 'joinAnswer',
    summary: 'What has become of a request to join',
    parameters: {
      ...joining.parameters,
      wait: { in: 'query', text: 'Longest that the answer may be held back, ms.', schema: waitQuery.shape.wait },
    },
    fails: ['not_found', 'blocked'],
  },
  reveal: {
    ...joining,
    id: 'revealNonce',
    summary: 'Show the nonce behind the commitment; now a person is asked',
    body: { schema: messages.joinReveal },
    fails: ['not_found', 'blocked', 'not_admin', 'untrusted'],
  },
  withdraw: {
    ...joining,
    id: 'withdrawRequest',
    summary: 'Take a request to join back',
    parameters: {
      ...joining.parameters,
      codesDiffer: { in: 'query', text: 'The two codes were not the same.', schema: withdrawQuery.shape.codesDiffer },
    },
    answers: answered(messages.done),
    fails: ['not_found'],
  },
  introduce: {
    id: 'introduce',
    summary: 'A member shows its record to a node that may not know it',
    body: { schema: messages.introduction },
    answers: answered(messages.introduced),
    fails: ['not_member', 'removed', 'blocked', 'untrusted'],
  },
  sync: {
    id: 'syncNotices',
    summary: 'Exchange what all members of a mesh should know',
    body: { schema: messages.syncAsk },
    answers: answered(messages.syncAnswer),
    fails: ['untrusted'],
  },
  link: {
    id: 'link',
    summary: 'Open the link over which two members keep in touch',
    description: `With \`Upgrade: ${messages.linkProtocol}\`; without it the request is refused.`,
    answers: { 101: { text: 'The link is open.', content: null } },
  },
  reach: {
    id: 'reach',
    summary: 'Ask to be connected to, at the address this comes from',
    body: { schema: messages.reachAsk },
    answers: answered(messages.reachAnswer),
  },
} as const satisfies Record<string, PeerOperation>

/** For the options of a route. Each may be asked of a node that stops. */
export function peerOperation(name: keyof typeof peerOperations, access: 'node' | 'member'): Operation {
  const { fails = [], ...operation }: PeerOperation = peerOperations[name]
  return { ...operation, tag: 'Peer', access, fails: ['not_running', ...fails], failure: 'plain' }
}
