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
})
export type AuditEntry = z.infer<typeof auditEntry>
