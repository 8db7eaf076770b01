/** Hub sync of the Router API v0.1: nodes post their mesh.json to a hub and take in the merged one that it answers. */
import { z } from 'zod'
import { failure } from './failure.ts'

/** Milliseconds since 1970-01-01 UTC. */
const time = z.number()

/** Lets somebody sync with this node and do nothing else. The token itself is shown once, when it is made, and not kept. */
export const syncTokenView = z.object({
  id: z.string(),
  /** For whom it is, e.g. "Grandma's box". */
  name: z.string(),
  createdAt: time,
  lastUsedAt: time.nullable(),
  /** The address it was last used from. */
  lastUsedFrom: z.string().nullable(),
})
export type SyncTokenView = z.infer<typeof syncTokenView>

/** How often a node syncs to a hub by itself; `off`: only when somebody asks for it. */
export const syncEvery = z.enum(['off', '15min', 'hour', 'day'])
export type SyncEvery = z.infer<typeof syncEvery>

/** A hub that this node syncs to. Its token leaves this node in requests to it only. */
export const syncHubView = z.object({
  id: z.string(),
  url: z.string(),
  every: syncEvery,
  /** It is being asked now. */
  running: z.boolean(),
  /** What the last sync that worked brought; null before. */
  lastOk: z.object({ at: time, added: z.number().int(), updated: z.number().int(), skipped: z.number().int() }).nullable(),
  /** Why it does not work now; null when the last try worked or there was none. */
  problem: failure.extend({ at: time }).nullable(),
  /** Since when each try has failed. */
  failingSince: time.nullable(),
  /** When it is asked next; null when nothing will happen by itself. */
  nextAt: time.nullable(),
})
export type SyncHubView = z.infer<typeof syncHubView>

/** A token as a hub gave it: one word. */
export const syncToken = z
  .string()
  .trim()
  .regex(/^[\u0021-\u002b\u002d-\u007e]{1,512}$/u, 'a token is one word of at most 512 letters, digits and signs')
