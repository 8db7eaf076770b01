import type { CallInput } from '../../../electron/contract/calls.ts'
import type { AuditEntry } from '../../../electron/contract/audit.ts'

/** Kinds of entries a person looks for: the beginning of their actions. */
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
export type Kind = keyof typeof kinds
export const isKind = (text: string | null): text is Kind => text !== null && Object.hasOwn(kinds, text)

const hour = 3_600_000
/** How far back to look, ms. */
export const periods = { hour, day: 24 * hour, week: 7 * 24 * hour, month: 30 * 24 * hour } as const
export type Period = keyof typeof periods
export const isPeriod = (text: string | null): text is Period => text !== null && Object.hasOwn(periods, text)

export const outcomes: readonly AuditEntry['outcome'][] = ['ok', 'refused', 'failed']

/** What is looked for; null and empty text: anything. */
export interface AuditFilter {
  kind: Kind | null
  outcome: AuditEntry['outcome'] | null
  /** Node id, or the URL of a legacy peer. */
  peer: string | null
  text: string
  period: Period | null
}

export const anything: AuditFilter = { kind: null, outcome: null, peer: null, text: '', period: null }
export const isAnything = (filter: AuditFilter): boolean =>
  filter.kind === null && filter.outcome === null && filter.peer === null && filter.text.trim() === '' && filter.period === null

/** The filter as the node takes it; what is not asked for is left out. */
export function queryOf({ kind, outcome, peer, text, period }: AuditFilter, now: number): CallInput<'audit.list'> {
  return {
    ...(kind !== null && { action: kinds[kind] }),
    ...(outcome !== null && { outcome }),
    ...(peer !== null && { peer }),
    ...(text.trim() !== '' && { text: text.trim() }),
    ...(period !== null && { since: now - periods[period] }),
  }
}
