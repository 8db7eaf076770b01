import { z } from 'zod'

const bytes = z.number().nonnegative()

/** What a machine has and how busy it is. Bytes are bytes, `busy` and `load` are fractions (load: 1 = all cores busy). */
export const resources = z.object({
  cpu: z.object({ model: z.string(), cores: z.number().int().positive(), busy: z.number().min(0).max(1), load: z.number().nonnegative() }),
  memory: z.object({ total: bytes, free: bytes }),
  /** The disk that holds the data folder. */
  disk: z.object({ total: bytes, free: bytes }).nullable(),
  gpus: z.array(z.object({ model: z.string().max(200), memory: bytes.nullable() })).max(16),
})
export type Resources = z.infer<typeof resources>
