/**
 * The signatures behind the membership core: what this node signs, and whether what others signed holds. Presence is
 * signed bare (ECDSA P-256 with SHA-256 in the form of IEEE P1363, base64url) over lines that begin with the
 * purpose, so that a signature for one is none for another; records and revocations are the tokens of this folder.
 */
import { type KeyObject, sign, verify } from 'node:crypto'
import { z } from 'zod'
import type { Identity, MeshId, NodeId } from '../components.ts'
import { FcnError, toFcnError } from '../errors.ts'
import { idOfPublicKey } from '../identity/node-id.ts'
import { maxMembers } from '../protocol/messages.ts'
import type { OwnMeshes } from './own-meshes.ts'
import { openRevocation } from './revocation.ts'
import { keyOfSpki, peekToken } from './signed-token.ts'
import type { SignedRecord, SwimTrust } from './swim/ports.ts'

interface Components {
  identity: Pick<Identity, 'id' | 'privateKey'>
  meshes: Pick<OwnMeshes, 'get' | 'merge' | 'takeNotices'>
  isBlocked: (node: NodeId) => boolean
}

const presenceText = (mesh: MeshId, node: NodeId, { incarnation, gone }: { incarnation: number; gone: boolean }) =>
  ['fcn-presence', mesh, node, incarnation, gone ? 'gone' : 'here'].join('\n')

const proofText = (mesh: MeshId, node: NodeId, { asker, nonce }: { asker: NodeId; nonce: string }) =>
  ['fcn-alive', mesh, node, asker, nonce].join('\n')

const keyClaim = z.object({ key: z.string().max(512) })

/** What one node of a mesh signs and checks. What does not hold is false; what cannot be decided here rejects. */
export function createSwimTrust({ identity, meshes, isBlocked }: Components, { mesh }: { mesh: MeshId }): SwimTrust {
  const keys = new Map<NodeId, KeyObject>()

  /** The key is part of the record, and its hash is the node's id: no signature needs to be checked for that. */
  function keyOf({ node, token }: SignedRecord): KeyObject {
    const known = keys.get(node)
    if (known) return known
    const { key: spki } = peekToken(token, keyClaim)
    if (idOfPublicKey(Buffer.from(spki, 'base64url')) !== node) throw new FcnError('untrusted', 'A key is not the one of its node.')
    const key = keyOfSpki(spki)
    if (keys.size >= maxMembers) keys.clear() // costs reading them once more
    keys.set(node, key)
    return key
  }

  const signed = (text: string) =>
    sign('sha256', Buffer.from(text), { key: identity.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')

  function holds(text: string, token: string, record: SignedRecord): boolean {
    try {
      const signature = Buffer.from(token, 'base64url')
      return verify('sha256', Buffer.from(text), { key: keyOf(record), dsaEncoding: 'ieee-p1363' }, signature)
    } catch (error) {
      return whetherKnown(error, 'untrusted', false)
    }
  }

  return {
    sign: (statement) => signed(presenceText(mesh, identity.id, statement)),
    prove: (question) => signed(proofText(mesh, identity.id, question)),
    checkStatement: (statement, record) => holds(presenceText(mesh, statement.node, statement), statement.token, record),
    checkProof: (proof, record) => holds(proofText(mesh, proof.node, proof), proof.token, record),
    async checkRecord({ token }) {
      try {
        await meshes.merge(token, mesh)
        return true
      } catch (error) {
        const { code } = toFcnError(error)
        // it is signed as it should be, by a node that was removed
        return code === 'removed' || whetherKnown(error, 'untrusted', false)
      }
    },
    async checkNotice({ node, version, token }) {
      try {
        const revocation = await openRevocation(token)
        if (revocation.mesh !== mesh || revocation.node !== node || revocation.upTo !== version) return false
        await meshes.takeNotices(mesh, [token])
        return true
      } catch (error) {
        return whetherKnown(error, 'untrusted', false)
      }
    },
    admits: ({ node }) => !isBlocked(node) && meshes.get(mesh)?.judgement.of(node)?.state === 'member',
  }
}

/** `answer` for an error with that code; others are failures of ours. */
function whetherKnown(error: unknown, code: FcnError['code'], answer: boolean): boolean {
  if (toFcnError(error).code === code) return answer
  throw error
}
