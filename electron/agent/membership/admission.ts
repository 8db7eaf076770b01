/**
 * Admissions: who may be in a mesh. The mesh's root key signs the founder's, an admin's node key signs the next one's.
 * A chain of them, checked link by link against the mesh id (the hash of the root key), proves to anybody, offline, that
 * each was let in by an admin. Whether they are still in is decided by the revocations that are known (standing.ts).
 */
import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import { meshRole } from '../../contract/snapshot.ts'
import type { MeshId } from '../components.ts'
import { FcnError } from '../errors.ts'
import { idOfPublicKey } from '../identity/node-id.ts'
import { idText } from '../protocol/messages.ts'
import { digestOf, peekToken, signToken, verifyToken } from './signed-token.ts'

/** Links from the root to a member: the founder admits, a promoted admin admits, and so on. */
const maxChain = 8

export const admission = z.object({
  mesh: idText,
  node: idText,
  /** SubjectPublicKeyInfo of the admitted node (DER, base64url). */
  key: z.string().max(512),
  role: meshRole,
  /** 0 for the first admission of a key; one above all that came before for each later one. Revocations name terms. */
  term: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).default(0),
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

/** An admission whose signature holds, and whose signer was admitted as an admin by the link before it. */
export interface Link extends Admission {
  readonly token: string
  readonly digest: string
}

export async function signAdmission(statement: Admission, signer: KeyObject): Promise<string> {
  return signToken('fcn-admission', statement, signer)
}

/**
 * Checks every link, from the root key to the subject. Throws `untrusted` when the root key does not hash to the mesh
 * id, a signature does not hold, or somebody signed who was not an admin.
 */
export async function openChain(mesh: MeshId, { rootKey, admissions }: AdmissionChain): Promise<Link[]> {
  if (idOfPublicKey(Buffer.from(rootKey, 'base64url')) !== mesh) throw broken('the root key is not the one of this mesh')
  if (admissions.length > maxChain) throw broken('its chain is too long')
  const links: Link[] = []
  let signer: Pick<Admission, 'node' | 'key' | 'role'> = { node: mesh, key: rootKey, role: 'admin' }
  for (const token of admissions) {
    if (signer.role !== 'admin') throw broken('a node that is no admin signed it')
    const link = peekToken(token, admission)
    if (link.mesh !== mesh) throw broken('it is for another mesh')
    if (link.by !== signer.node) throw broken('a link of its chain is missing')
    if (idOfPublicKey(Buffer.from(link.key, 'base64url')) !== link.node) throw broken('its key is not the one of its node')
    await verifyToken(token, 'fcn-admission', signer.key)
    links.push({ ...link, token, digest: digestOf(token) })
    signer = link
  }
  return links
}

/** Whom a chain admits. Throws `untrusted` for an empty one. */
export function subjectOf(chain: readonly Link[]): Link {
  const last = chain.at(-1)
  if (last === undefined) throw broken('it is empty')
  return last
}

/** The admin behind a statement and the chain that makes it one; an empty chain is the root key itself. */
export interface SignerProof extends AdmissionChain {
  mesh: MeshId
  by: string
}

/** Throws `untrusted` unless `by` is the root or an admin by that chain. Returns the chain and the signer's key. */
export async function openSigner({ mesh, by, rootKey, admissions }: SignerProof): Promise<{ grounds: Link[]; key: string }> {
  const grounds = await openChain(mesh, { rootKey, admissions })
  const { node, key, role } = grounds.at(-1) ?? { node: mesh, key: rootKey, role: 'admin' }
  if (node !== by || role !== 'admin') throw broken('it is not signed by an admin')
  return { grounds, key }
}

function broken(why: string): FcnError {
  return new FcnError('untrusted', `An admission does not hold: ${why}.`)
}
