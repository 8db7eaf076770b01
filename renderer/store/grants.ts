import { decideAccess, everything, type Grant } from '../../electron/contract/access-decision.ts'
import type { GrantRule, GrantView, MeshRole } from '../../electron/contract/snapshot.ts'

export const capabilityResource = (name: string): string => `capability:${name}`
export const serviceResource = (id: string): string => `service:${id}`

type Grants = Readonly<Record<string, GrantView>>

const grantOf = (grants: Grants, mesh: string, resource: string): GrantView | undefined => grants[`${mesh} ${resource}`]

/** The rule of a thing: its own, or null where `*` decides; and the one that holds. */
export function ruleOf(grants: Grants, mesh: string, resource: string): { own: GrantRule | null; holds: GrantRule } {
  const own = grantOf(grants, mesh, resource)?.rule ?? null
  return { own, holds: own ?? grantOf(grants, mesh, everything)?.rule ?? 'all' }
}

/** How many peers are allowed or refused a thing whatever its rule says. */
export const exceptionCount = (grants: Grants, mesh: string, resource: string): number =>
  Object.keys(grantOf(grants, mesh, resource)?.exceptions ?? {}).length

/** What a member may do with a thing of this node. */
export interface Access {
  allowed: boolean
  /** The exception made for this peer on this thing; null: there is none. */
  own: boolean | null
  /** What holds without that exception. */
  otherwise: boolean
}

/** Says what the agent decides, with and without the exception. */
export function accessOf(grants: Grants, { mesh, ...member }: { mesh: string; node: string; role: MeshRole }, resource: string): Access {
  const grant = grantOf(grants, mesh, resource)
  const general = resource === everything ? undefined : saidIn(grantOf(grants, mesh, everything))
  return {
    allowed: decideAccess(member, saidIn(grant), general),
    own: grant?.exceptions[member.node] ?? null,
    otherwise: decideAccess(member, saidIn(grant && { ...grant, exceptions: {} }), general),
  }
}

const saidIn = (grant: GrantView | undefined): Grant | undefined =>
  grant && { rule: grant.rule, exceptions: new Map(Object.entries(grant.exceptions)) }
