import { z } from 'zod'
import { auditEntry } from '../../../../electron/contract/audit.ts'
import type { CallInput } from '../../../../electron/contract/calls.ts'
import { routeView } from '../../../../electron/contract/routing.ts'

/** Kinds of audit entries a person looks for: the beginning of their actions. */
export const kinds = {
  members: 'member.',
  meshes: 'mesh.',
  invites: 'invite.',
  joins: 'join.',
  capabilities: 'capability.',
  services: 'service.',
  grants: 'grant.',
  policies: 'policy.',
  keys: 'key.',
  sync: 'sync.',
  nodes: 'node.',
  refusedRequests: 'request.',
  refusedConnections: 'connection.',
  settings: 'settings.',
} as const
export const kind = z.enum(Object.keys(kinds) as [keyof typeof kinds])

const hour = 3_600_000
/** How far back to look, ms. */
const periods = { hour, day: 24 * hour, week: 7 * 24 * hour, month: 30 * 24 * hour } as const
export const period = z.enum(Object.keys(periods) as [keyof typeof periods])

/** Names longer than this the node does not compare. */
export const longestText = 128

/** Something in an address that is not understood is as if it were not there. */
const anyOf = <T extends z.ZodType>(of: T) => of.nullable().default(null).catch(null)
const shared = {
  /** Part of a name. */
  text: z.string().max(longestText).default('').catch(''),
  /** Node id, or the URL of a legacy peer. */
  peer: anyOf(z.string().min(1).max(2048)),
  period: anyOf(period),
}

/** What is looked for in the audit log, as it stands in the address; null and empty text: anything. */
export const auditFilter = z.object({ ...shared, kind: anyOf(kind), outcome: anyOf(auditEntry.shape.outcome) })
export type AuditFilter = z.infer<typeof auditFilter>

/** Which requests are looked for. */
export const routeFilter = z.object({
  ...shared,
  /** Name of a capability or service. */
  what: anyOf(z.string().min(1).max(64)),
  result: anyOf(routeView.shape.result),
})
export type RouteFilter = z.infer<typeof routeFilter>

/** The filter that an address asks for. */
export const readFilter = <F extends typeof auditFilter | typeof routeFilter>(filter: F, search: string): z.infer<F> =>
  filter.parse(Object.fromEntries(new URLSearchParams(search))) as z.infer<F>

/** The filter as the end of an address; empty for one that lets everything through. */
export function searchOf(filter: Partial<AuditFilter & RouteFilter>): string {
  const set = Object.entries(filter).filter(([, value]) => value !== null && value.trim() !== '')
  return set.length === 0 ? '' : `?${new URLSearchParams(Object.fromEntries(set) as Record<string, string>).toString()}`
}

/** What both halves of the screen ask for: it stays when one is left for the other. */
export const sharedSearch = ({ text, peer, period }: Pick<AuditFilter, keyof typeof shared>): string => searchOf({ text, peer, period })

export const isAnything = (filter: AuditFilter | RouteFilter): boolean => searchOf(filter) === ''

const since = (back: AuditFilter['period'], now: number) => (back === null ? {} : { since: now - periods[back] })
const part = (text: string) => (text.trim() === '' ? {} : { text: text.trim() })

/** The filter as the node takes it; what is not asked for is left out. */
export const auditQueryOf = ({ kind, outcome, peer, text, period }: AuditFilter, now: number): CallInput<'audit.list'> => ({
  ...(kind !== null && { action: kinds[kind] }),
  ...(outcome !== null && { outcome }),
  ...(peer !== null && { peer }),
  ...part(text),
  ...since(period, now),
})

export const routeQueryOf = ({ peer, what, result, text, period }: RouteFilter, now: number): CallInput<'route.list'> => ({
  ...(peer !== null && { peer }),
  ...(what !== null && { what }),
  ...(result !== null && { result }),
  ...part(text),
  ...since(period, now),
})
