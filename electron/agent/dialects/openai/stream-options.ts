import { z } from 'zod'

const options = z.object({ stream: z.literal(true), stream_options: z.object({ include_usage: z.literal(true) }) })

/** The program asked for a last event with the usage. */
export const wantsUsage = (body: unknown): boolean => options.safeParse(body).success
