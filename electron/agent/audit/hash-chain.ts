import { createHash } from 'node:crypto'
import type { AuditEntry } from '../../contract/audit.ts'
import { canonicalJson, type Json } from './canonical-json.ts'

/** An entry before it has its hash. */
export type Unchained = Omit<AuditEntry, 'hash'>

/** Stands before the first entry. */
export const genesis = '0'.repeat(64)

/**
 * The hash of an entry: SHA-256, in hex, over the hash before it, a line feed and the entry's canonical form (README.md
 * has a test vector). Any change to this one or an earlier entry changes it.
 */
export function chainHash(previous: string, { seq, at, action, actor, actorId, subject, subjectId, outcome, details }: Unchained): string {
  const form = canonicalJson({ seq, at, action, actor, actorId, subject, subjectId, outcome, details: details as Json })
  return createHash('sha256').update(`${previous}\n${form}`).digest('hex')
}
