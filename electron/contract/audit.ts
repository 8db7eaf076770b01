import { z } from 'zod'

/** One line of the audit log. `actor` and `subject` are names as they were then, ids in `actorId` and `subjectId`. */
export const auditEntry = z.object({
  seq: z.number().int(),
  at: z.number(),
  /** What happened, e.g. `member.approved`. */
  action: z.string(),
  actor: z.string(),
  actorId: z.string().nullable(),
  subject: z.string().nullable(),
  subjectId: z.string().nullable(),
  outcome: z.enum(['ok', 'refused', 'failed']),
  details: z.record(z.string(), z.json()),
  /** SHA-256 (hex) over the entry before it and this one: an edited, inserted or missing entry shows. */
  hash: z.string(),
})
export type AuditEntry = z.infer<typeof auditEntry>

/** What the check of the whole chain found. */
export const auditCheck = z.object({
  ok: z.boolean(),
  entries: z.number().int(),
  /** Hash of the newest entry; whoever notes it down can later tell that nothing before it was changed. */
  head: z.string().nullable(),
  /** The first entry that does not fit. */
  brokenAt: z.number().int().nullable(),
})
export type AuditCheck = z.infer<typeof auditCheck>
