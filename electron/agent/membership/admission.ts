/**
 * Admissions: who may be in a mesh. The mesh's root key signs the founder's, an admin's node key signs the next one's.
 * A chain of them, checked link by link against the mesh id (the hash of the root key), proves membership to anybody,
 * offline, with nothing else at hand.
 */
import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import { type MeshRole, meshRole } from '../../contract/snapshot.ts'
import type { MeshId, NodeId } from '../components.ts'
import { FcnError } from '../errors.ts'
import { idOfPublicKey } from '../identity/node-id.ts'
import { idText } from '../protocol/messages.ts'
import { peekToken, signToken, verifyToken } from './signed-token.ts'

/** Links from the root to a member: the founder admits, a promoted admin admits, and so on. */
const maxChain = 8

export const admission = z.object({
  mesh: idText,
  node: idText,
  /** SubjectPublicKeyInfo of the admitted node (DER, base64url). */
  key: z.string().max(512),
  role: meshRole,
  /** Node id of the admin who signs; the mesh id when the root key does. */
  by: idText,
  at: z.number(),
})
export type Admission = z.infer<typeof admission>

/** A chain of signed admissions and the root key it starts from. */
export interface AdmissionChain {
  rootKey: string
  admissions: readonly string[]
}

export async function signAdmission(statement: Admission, signer: KeyObject): Promise<string> {
  return signToken('fcn-admission', statement, signer)
}

/**
 * Checks every link and returns the last one, the subject's. Throws `untrusted` when the root key does not hash to the
 * mesh id, a signature does not hold, or somebody signed who was not an admin.
 */
export async function verifyChain(mesh: MeshId, { rootKey, admissions }: AdmissionChain): Promise<Admission> {
  if (idOfPublicKey(Buffer.from(rootKey, 'base64url')) !== mesh) throw broken('the root key is not the one of this mesh')
  if (admissions.length > maxChain) throw broken('its chain is too long')
  let signer: { id: NodeId; key: string; role: MeshRole } = { id: mesh, key: rootKey, role: 'admin' }
  let last: Admission | undefined
  for (const token of admissions) {
    if (signer.role !== 'admin') throw broken('a node that is no admin signed it')
    last = peekToken(token, admission)
    if (last.mesh !== mesh) throw broken('it is for another mesh')
    if (last.by !== signer.id) throw broken('a link of its chain is missing')
    if (idOfPublicKey(Buffer.from(last.key, 'base64url')) !== last.node) throw broken('its key is not the one of its node')
    await verifyToken(token, 'fcn-admission', signer.key)
    signer = { id: last.node, key: last.key, role: last.role }
  }
  if (last === undefined) throw broken('it is empty')
  return last
}

function broken(why: string): FcnError {
  return new FcnError('untrusted', `An admission does not hold: ${why}.`)
}
