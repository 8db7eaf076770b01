/** What an admin signs: admissions, roles, removals and the name of the mesh. Decides nothing about being allowed to. */
import type { KeyObject } from 'node:crypto'
import type { MeshRole } from '../../contract/snapshot.ts'
import type { NodeId } from '../components.ts'
import { signAdmission, subjectOf } from './admission.ts'
import { signMeshStatement } from './mesh-statement.ts'
import { admissionNotice } from './notice.ts'
import type { OwnMesh } from './own-mesh.ts'
import { maxKeeps, signRevocation } from './revocation.ts'
import { digestOf } from './signed-token.ts'

/** An admin with its chain, or the root key with none. */
export interface Signer {
  by: string
  key: KeyObject
  admissions: readonly string[]
}

interface Subject {
  node: NodeId
  key: string
}

interface Context {
  mesh: OwnMesh
  signer: Signer
  at: number
}

/**
 * Admits a node with a term above all that it had, so that no revocation known here touches it. `notices` tell the
 * others, and take the earlier admission back where it gave more than the new one.
 */
export async function signGrant(
  { mesh, signer, at }: Context,
  { node, key, role }: Subject & { role: MeshRole },
): Promise<{ admissions: string[]; notices: string[] }> {
  const term = mesh.judgement.nextTerm(node)
  const token = await signAdmission({ mesh: mesh.id, node, key, role, term, by: signer.by, at }, signer.key)
  const admissions = [...signer.admissions, token]
  const notices = [admissionNotice(admissions)]
  if (role === 'member' && wasAdmin(mesh, node)) {
    notices.push(await signTaking({ mesh, signer, at }, { node, key, upTo: term - 1, alsoKeeps: [digestOf(token)] }))
  }
  return { admissions, notices }
}

/** The revocation of a node; a name of the mesh that it gave is said again by the signer, so that it does not change back. */
export async function signRemoval(context: Context, { node, key }: Subject): Promise<string[]> {
  const { mesh } = context
  const upTo = Math.max(0, mesh.judgement.nextTerm(node) - 1)
  const revocation = await signTaking(context, { node, key, upTo })
  const isNamedByIt = mesh.judgement.statement?.by === node
  // one above the others' newest, not above its own: what it wrote there must not bind those who stay
  const versions = mesh.evidence.statements.filter(({ by }) => by !== node).map(({ version }) => version)
  return isNamedByIt ? [revocation, await sayName(context, mesh.name, Math.max(0, ...versions) + 1)] : [revocation]
}

export async function signName(context: Context, name: string): Promise<string> {
  return sayName(context, name, (context.mesh.judgement.statement?.version ?? 0) + 1)
}

function sayName({ mesh, signer, at }: Context, name: string, version: number): Promise<string> {
  const proof = { by: signer.by, rootKey: mesh.rootKey, admissions: [...signer.admissions] }
  return signMeshStatement({ mesh: mesh.id, version, name, at, ...proof }, signer.key)
}

function signTaking(
  { mesh, signer, at }: Context,
  { node, key, upTo, alsoKeeps = [] }: Subject & { upTo: number; alsoKeeps?: string[] },
): Promise<string> {
  const keeps = [...new Set([...alsoKeeps, ...keptOf(mesh, node)])].slice(0, maxKeeps)
  const proof = { by: signer.by, rootKey: mesh.rootKey, admissions: [...signer.admissions] }
  return signRevocation({ mesh: mesh.id, node, key, upTo, at, keeps, ...proof }, signer.key)
}

/** Digests of what a node signed as an admin and what holds now, apart from its own admissions. */
function keptOf({ evidence, judgement }: OwnMesh, node: NodeId): string[] {
  const revocations = evidence.revocations.filter((revocation) => revocation.by === node && judgement.applies(revocation))
  const links = evidence.chains.flatMap((chain) =>
    chain.flatMap((link, i) => {
      const holds = link.by === node && link.node !== node && judgement.holds({ digest: link.digest, grounds: chain.slice(0, i) })
      return holds ? [link] : []
    }),
  )
  return [...revocations, ...links].map(({ digest }) => digest)
}

function wasAdmin({ evidence, judgement }: OwnMesh, node: NodeId): boolean {
  return evidence.chains.some((chain) => {
    const { node: subject, role } = subjectOf(chain)
    return subject === node && role === 'admin' && judgement.isLive(chain)
  })
}
