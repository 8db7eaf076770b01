/**
 * Revocations: an admin, or the root key, takes back every admission of a node up to a term. What the node signed as an
 * admin counts no more, apart from what the revocation keeps, so that those it let in may stay.
 */
import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import type { MeshId, NodeId } from '../components.ts'
import { FcnError } from '../errors.ts'
import { idOfPublicKey } from '../identity/node-id.ts'
import { idText, maxNoticeBytes } from '../protocol/messages.ts'
import { type Link, openSigner } from './admission.ts'
import { digestOf, peekToken, signToken, verifyToken } from './signed-token.ts'

/** Statements of a removed admin that stay valid. */
export const maxKeeps = 1_000

export const revocationStatement = z.object({
  mesh: idText,
  node: idText,
  /** SubjectPublicKeyInfo of the removed node (DER, base64url). */
  key: z.string().max(512),
  /** Admissions of the node up to this term count no more. */
  upTo: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER),
  /** Node id of the admin who signs; the mesh id when the root key does. */
  by: idText,
  /** For people; decides nothing. */
  at: z.number(),
  /** Digests of admissions and revocations signed by the node that stay valid. */
  keeps: z.array(z.string().length(22)).max(maxKeeps),
  rootKey: z.string().max(512),
  /** The signer's own chain, without the root; empty when the root key signs. */
  admissions: z.array(z.string().max(2048)).max(8),
})
export type RevocationStatement = z.infer<typeof revocationStatement>

/** A revocation whose signature holds. Whether it counts depends on the others (standing.ts). */
export interface Revocation {
  readonly kind: 'revocation'
  readonly token: string
  readonly digest: string
  readonly mesh: MeshId
  readonly node: NodeId
  readonly upTo: number
  readonly keeps: ReadonlySet<string>
  readonly by: NodeId
  readonly at: number
  /** The signer's chain; empty for the root key. */
  readonly grounds: readonly Link[]
}

export async function signRevocation(statement: RevocationStatement, signer: KeyObject): Promise<string> {
  return signToken('fcn-revocation', statement, signer)
}

/** Throws `untrusted` or `too_large` unless an admin of the mesh it names signed it. */
export async function openRevocation(token: string): Promise<Revocation> {
  if (token.length > maxNoticeBytes) throw new FcnError('too_large', 'A revocation is too long.')
  const statement = peekToken(token, revocationStatement)
  const { mesh, node, upTo, by, at } = statement
  if (idOfPublicKey(Buffer.from(statement.key, 'base64url')) !== node) {
    throw new FcnError('untrusted', 'A revocation does not hold: its key is not the one of its node.')
  }
  const { grounds, key } = await openSigner(statement)
  await verifyToken(token, 'fcn-revocation', key)
  return { kind: 'revocation', token, digest: digestOf(token), mesh, node, upTo, keeps: new Set(statement.keeps), by, at, grounds }
}
