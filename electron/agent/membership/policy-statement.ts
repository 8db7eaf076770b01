/**
 * What an admin decides for one capability of the mesh: by which rules requests for it are sent. Like every statement of
 * a mesh it says by what chain its signer is an admin; whether it counts follows from all that is known (standing.ts).
 */
import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import { type CapabilityName, capabilityName } from '../../contract/capability.ts'
import { tidyRules } from '../../contract/policy-rules.ts'
import { loadBalancing, type PolicyRules, policyRules } from '../../contract/routing.ts'
import type { MeshId, NodeId } from '../components.ts'
import { FcnError } from '../errors.ts'
import { idText, maxPolicyBytes, recordVersion } from '../protocol/messages.ts'
import { type Link, openSigner } from './admission.ts'
import { digestOf, peekToken, signToken, verifyToken } from './signed-token.ts'

/** Rules and words of rules that only a later version of this program knows are left out; they stay signed. */
const knownRules = z.object({ ...policyRules.shape, loadBalancing: loadBalancing.optional().catch(undefined) })

export const policyStatement = z.object({
  mesh: idText,
  capability: capabilityName,
  /** One above the newest for this capability that its signer knew. */
  version: recordVersion,
  /** Null: the mesh has no rules for it any more. */
  rules: knownRules.nullable(),
  /** Node id of the admin who signs; the mesh id when the root key does. */
  by: idText,
  at: z.number(),
  rootKey: z.string().max(512),
  /** The signer's own chain; empty when the root key signs. */
  admissions: z.array(z.string().max(2048)).max(8),
})

/** A policy whose signature holds. */
export interface PolicyStatement {
  readonly kind: 'policy'
  readonly token: string
  readonly digest: string
  readonly mesh: MeshId
  readonly capability: CapabilityName
  readonly version: number
  readonly rules: PolicyRules | null
  readonly by: NodeId
  readonly at: number
  readonly grounds: readonly Link[]
}

export async function signPolicyStatement(statement: z.infer<typeof policyStatement>, signer: KeyObject): Promise<string> {
  return signToken('fcn-policy', statement, signer)
}

/** Throws `untrusted` or `too_large` unless an admin of the mesh it names signed it. */
export async function openPolicyStatement(token: string): Promise<PolicyStatement> {
  if (token.length > maxPolicyBytes) throw new FcnError('too_large', 'A policy is too long.')
  const statement = peekToken(token, policyStatement)
  const { grounds, key } = await openSigner(statement)
  await verifyToken(token, 'fcn-policy', key)
  const { mesh, capability, version, rules, by, at } = statement
  return { kind: 'policy', token, digest: digestOf(token), mesh, capability, version, rules: rules && tidyRules(rules), by, at, grounds }
}

/**
 * Of what one signer decided about a capability by one chain only the newest can count. So the others need not be kept, and
 * what is kept does not grow with the number of decisions.
 */
export function lastWords(policies: readonly PolicyStatement[]): PolicyStatement[] {
  const said = Map.groupBy(policies, ({ capability, grounds }) => [capability, ...grounds.map(({ digest }) => digest)].join(' '))
  return [...said.values()].map((group) => group.toSorted(compareVersions)[0] as PolicyStatement)
}

/** The newest first; of two made at once the one that comes first is the same everywhere. */
export function compareVersions(a: { version: number; digest: string }, b: { version: number; digest: string }): number {
  return b.version - a.version || (a.digest < b.digest ? -1 : Number(a.digest > b.digest))
}
