import type { GrantRule, GrantView, MeshRole } from '../../electron/contract/snapshot.ts'

/** What has no rule of its own. */
export const everything = '*'
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

/** Decides as the agent does: own exception, own rule, exception on `*`, rule of `*`, else all (contract, `grantView`). */
export function accessOf(grants: Grants, { mesh, node, role }: { mesh: string; node: string; role: MeshRole }, resource: string): Access {
  const grant = grantOf(grants, mesh, resource)
  const own = grant?.exceptions[node] ?? null
  const rule = grant?.rule ?? null
  const otherwise =
    rule === null && resource !== everything ? accessOf(grants, { mesh, node, role }, everything).allowed : fits(rule ?? 'all', role)
  return { allowed: own ?? otherwise, own, otherwise }
}

const fits = (rule: GrantRule, role: MeshRole): boolean => rule === 'all' || (rule === 'admins' && role === 'admin')
