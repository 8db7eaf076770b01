/** What an admin signs: admissions, roles, removals, the name and the policies of the mesh. Decides nothing about being allowed to. */
import type { KeyObject } from 'node:crypto'
import type { CapabilityName } from '../../contract/capability.ts'
import type { PolicyRules } from '../../contract/routing.ts'
import type { MeshRole } from '../../contract/snapshot.ts'
import type { NodeId } from '../components.ts'
import { signAdmission, subjectOf } from './admission.ts'
import { signMeshStatement } from './mesh-statement.ts'
import { admissionNotice } from './notice.ts'
import type { OwnMesh } from './own-mesh.ts'
import { signPolicyStatement } from './policy-statement.ts'
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
    // its own word would not hold a second time: what it decided is kept as it is
    const kept = signer.by === node ? decisionsOf(mesh, node).map(({ digest }) => digest) : []
    notices.push(await signTaking({ mesh, signer, at }, { node, key, upTo: term - 1, alsoKeeps: [digestOf(token), ...kept] }))
    if (signer.by !== node) notices.push(...(await sayAgain({ mesh, signer, at }, node)))
  }
  return { admissions, notices }
}

/** The revocation of a node; what it decided for the mesh is said again by the signer, so that nothing changes back. */
export async function signRemoval(context: Context, { node, key }: Subject): Promise<string[]> {
  const upTo = Math.max(0, context.mesh.judgement.nextTerm(node) - 1)
  return [await signTaking(context, { node, key, upTo }), ...(await sayAgain(context, node))]
}

export async function signName(context: Context, name: string): Promise<string> {
  return sayName(context, name, (context.mesh.judgement.statement?.version ?? 0) + 1)
}

/** Null takes the rules back. */
export async function signPolicy(context: Context, { capability, rules }: Decision): Promise<string> {
  return sayPolicy(context, { capability, rules }, (context.mesh.judgement.policies.get(capability)?.version ?? 0) + 1)
}

interface Decision {
  capability: CapabilityName
  rules: PolicyRules | null
}

/** The name and the policies that a node gave, as far as they count now. */
function decisionsOf({ judgement }: OwnMesh, node: NodeId) {
  const all = [...(judgement.statement ? [judgement.statement] : []), ...judgement.policies.values()]
  return all.filter(({ by }) => by === node)
}

function sayAgain(context: Context, node: NodeId): Promise<string[]> {
  const { mesh } = context
  // one above the others' newest, not above its own: what it wrote there must not bind those who stay
  const above = (said: readonly { by: NodeId; version: number }[]) =>
    Math.max(0, ...said.filter(({ by }) => by !== node).map(({ version }) => version)) + 1
  const again = decisionsOf(mesh, node).map((decision) => {
    if (decision.kind === 'mesh') return sayName(context, mesh.name, above(mesh.evidence.statements))
    const { capability, rules } = decision
    const said = mesh.evidence.policies.filter((policy) => policy.capability === capability)
    return sayPolicy(context, { capability, rules }, above(said))
  })
  return Promise.all(again)
}

function sayName({ mesh, signer, at }: Context, name: string, version: number): Promise<string> {
  return signMeshStatement({ mesh: mesh.id, version, name, at, ...proofOf(mesh, signer) }, signer.key)
}

function sayPolicy({ mesh, signer, at }: Context, { capability, rules }: Decision, version: number): Promise<string> {
  return signPolicyStatement({ mesh: mesh.id, capability, version, rules, at, ...proofOf(mesh, signer) }, signer.key)
}

const proofOf = ({ rootKey }: OwnMesh, { by, admissions }: Signer) => ({ by, rootKey, admissions: [...admissions] })

function signTaking(
  { mesh, signer, at }: Context,
  { node, key, upTo, alsoKeeps = [] }: Subject & { upTo: number; alsoKeeps?: string[] },
): Promise<string> {
  const keeps = [...new Set([...alsoKeeps, ...keptOf(mesh, node)])].slice(0, maxKeeps)
  return signRevocation({ mesh: mesh.id, node, key, upTo, at, keeps, ...proofOf(mesh, signer) }, signer.key)
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
