import type { IncomingHttpHeaders } from 'node:http'
import type { ErrorCode } from '../../contract/error-codes.ts'
import type { Caller, NodeId, Refusals } from '../components.ts'
import type { LineSums } from './line-sums.ts'

/** Errors that say that somebody wanted what it may not have, or sent what no honest program sends. The others are everyday life. */
const worthALine: ReadonlySet<ErrorCode> = new Set([
  'unauthorized', 'forbidden', 'not_member', 'removed', 'blocked', 'untrusted', 'too_many', 'not_granted', 'encrypted_only',
  'invite_unknown', 'invite_used', 'invite_expired', 'invite_revoked', 'invite_wrong_mesh', 'code_mismatch', 'key_mismatch',
  'expired', 'invalid_input', 'too_large', 'timeout',
] satisfies ErrorCode[]) // prettier-ignore

interface Components {
  sums: Pick<LineSums, 'add'>
  /** Name of a node that is or was a member; null for a stranger. */
  nameOf: (node: NodeId) => string | null
}

/** Turns what was refused into lines of the audit log: `request.refused`, `key.refused`, `connection.refused`. */
export function createRefusals({ sums, nameOf }: Components): Refusals {
  return {
    request(caller, headers, code) {
      if (!worthALine.has(code)) return
      const action = code === 'unauthorized' && showsKey(headers) ? 'key.refused' : 'request.refused'
      sums.add({ action, ...who(caller, nameOf), outcome: 'refused', details: { code, address: caller.address } })
    },
    connection(address, code) {
      sums.add({ action: 'connection.refused', actor: address, actorId: null, outcome: 'refused', details: { code, address } })
    },
    otherKey(expected, url) {
      const details = { code: 'key_mismatch', address: url, ...named(expected, nameOf) }
      sums.add({ action: 'connection.refused', actor: url, actorId: null, outcome: 'refused', details })
    },
  }
}

const showsKey = ({ authorization, 'x-api-key': key }: IncomingHttpHeaders) => authorization !== undefined || key !== undefined

function who(caller: Caller, nameOf: Components['nameOf']): { actor: string; actorId: NodeId | null } {
  if (caller.kind !== 'node') return { actor: caller.address, actorId: null }
  return { actor: nameOf(caller.id) ?? caller.id, actorId: caller.id }
}

const named = (node: NodeId, nameOf: Components['nameOf']) => ({ peerId: node, peer: nameOf(node) ?? node })
