import { z } from 'zod'
import { type ErrorCode, errorTable } from './error-codes.ts'

const codes = Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]]

/**
 * An error as plain data, the same over IPC, HTTP and in snapshots. `message` is a whole sentence for people: what
 * happened and which; `action` what to do about it; `details` extra facts for programs, never secrets.
 */
export const failure = z.object({
  code: z.enum(codes),
  message: z.string(),
  action: z.string().optional(),
  details: z.record(z.string(), z.json()).optional(),
})
export type Failure = z.infer<typeof failure>
