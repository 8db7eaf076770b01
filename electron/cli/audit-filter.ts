import { type Command, Option } from 'commander'
import type { CallInput } from '../contract/calls.ts'
import { auditEntry } from '../contract/audit.ts'
import { type Moment, moment } from './argument.ts'

/** Which entries of the audit log are meant, as options of a command. */
export interface AuditFilterOptions {
  action?: string
  outcome?: 'ok' | 'refused' | 'failed'
  peer?: string
  text?: string
  since?: Moment
  until?: Moment
}

export type AuditFilter = Omit<CallInput<'audit.list'>, 'before' | 'limit'>

export const withAuditFilter = (command: Command): Command =>
  command
    .option('--action <name>', 'only this action, or those that begin so: member, member.approved')
    .addOption(new Option('--outcome <outcome>', 'only those that ended so').choices(auditEntry.shape.outcome.options))
    .option('--peer <peer>', 'only with this node on either side, by name or id')
    .option('--text <text>', 'only with this in a name')
    .option('--since <time>', 'not before: 2d (ago), 2026-11-22, "2026-11-22 16:30"', moment)
    .option('--until <time>', 'not after; the same forms', moment)

export function auditFilter({ action, outcome, peer, text, since, until }: AuditFilterOptions, now: number): AuditFilter {
  const at = (when: Moment) => ('at' in when ? when.at : now - when.before)
  return {
    ...(action !== undefined && { action }),
    ...(outcome !== undefined && { outcome }),
    ...(peer !== undefined && { peer }),
    ...(text !== undefined && { text }),
    ...(since !== undefined && { since: at(since) }),
    ...(until !== undefined && { until: at(until) }),
  }
}
