/** What an admin says of the mesh itself: its name. The newest version counts. */
import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import { displayName } from '../../contract/settings.ts'
import type { MeshId, NodeId } from '../components.ts'
import { FcnError } from '../errors.ts'
import { idText, maxNoticeBytes, recordVersion } from '../protocol/messages.ts'
import { type Link, openSigner } from './admission.ts'
import { digestOf, peekToken, signToken, verifyToken } from './signed-token.ts'

export const meshStatement = z.object({
  mesh: idText,
  /** One above the newest that its signer knew. */
  version: recordVersion,
  name: displayName,
  /** Node id of the admin who signs; the mesh id when the root key does. */
  by: idText,
  at: z.number(),
  rootKey: z.string().max(512),
  /** The signer's own chain; empty when the root key signs. */
  admissions: z.array(z.string().max(2048)).max(8),
})

/** A mesh statement whose signature holds. */
export interface MeshStatement {
  readonly kind: 'mesh'
  readonly token: string
  readonly digest: string
  readonly mesh: MeshId
  readonly version: number
  readonly name: string
  readonly by: NodeId
  readonly at: number
  readonly grounds: readonly Link[]
}

export async function signMeshStatement(statement: z.infer<typeof meshStatement>, signer: KeyObject): Promise<string> {
  return signToken('fcn-mesh', statement, signer)
}

/** Throws `untrusted` or `too_large` unless an admin of the mesh it names signed it. */
export async function openMeshStatement(token: string): Promise<MeshStatement> {
  if (token.length > maxNoticeBytes) throw new FcnError('too_large', 'A mesh statement is too long.')
  const statement = peekToken(token, meshStatement)
  const { grounds, key } = await openSigner(statement)
  await verifyToken(token, 'fcn-mesh', key)
  const { mesh, version, name, by, at } = statement
  return { kind: 'mesh', token, digest: digestOf(token), mesh, version, name, by, at, grounds }
}
