/** Programs of this computer: who has a port, what answers there. */
import { z } from 'zod'
import { failure } from './failure.ts'

/** A program that has a port, as far as the system tells whoever asks. */
export const portHolder = z.object({ name: z.string().max(100), pid: z.number().int().nonnegative() })
export type PortHolder = z.infer<typeof portHolder>

/**
 * Whether this node could listen on a port, where it listens. `own`: it does so now · `taken`: another program has it ·
 * `forbidden`: this user may not · `no_address`: this computer does not have the address that is chosen in the settings
 */
export const portCheck = z.object({
  port: z.number().int(),
  state: z.enum(['free', 'own', 'taken', 'forbidden', 'no_address']),
  /** Who has it; null where the system does not tell, or nobody has. */
  holder: portHolder.nullable(),
})
export type PortCheck = z.infer<typeof portCheck>

/**
 * What answers where a service is to be shared from. `web`: it speaks HTTP · `other`: it takes connections and does not ·
 * `nothing`: nothing listens there · `own`: this node itself · `refused`: an address that is never contacted
 */
export const programCheck = z.object({
  url: z.string(),
  kind: z.enum(['web', 'other', 'nothing', 'own', 'refused']),
  /** What its page calls itself, or what is known to use the port; null: unknown. At most 100 characters. */
  name: z.string().nullable(),
  /** HTTP status of its first page; null when it speaks no HTTP. */
  status: z.number().int().nullable(),
  /** Why it cannot be shared; null when it can. */
  problem: failure.nullable(),
})
export type ProgramCheck = z.infer<typeof programCheck>

/** A program found listening on loopback, at a port that many people's programs use. */
export const listeningProgram = z.object({ port: z.number().int(), name: z.string() })
export type ListeningProgram = z.infer<typeof listeningProgram>
