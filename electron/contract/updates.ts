/** Newer versions of this program: whether there is one, and how far it has come. */
import { z } from 'zod'

/**
 * How this copy becomes a newer one. `itself`: it downloads, checks and installs · `package`: deb or rpm, which belong to the
 * system's package manager, and `portable`: told of, a person installs · `unsigned`: built without the key by which it would
 * know a genuine version, so it does nothing · `checkout`: run from its source.
 */
export const updateWay = z.enum(['itself', 'package', 'portable', 'unsigned', 'checkout'])
export type UpdateWay = z.infer<typeof updateWay>

/** `available` waits for a person, who gets it · `ready` is here and checked · `failed` is final for this version. */
export const updateState = z.enum(['idle', 'looking', 'available', 'downloading', 'ready', 'installing', 'failed'])
export type UpdateState = z.infer<typeof updateState>

/**
 * Why what is ready is not installed yet: peers use this node, its window is open, it was used a short while ago, or the user
 * has switched updates off and has to say so; why what is available is not downloaded: the connection is paid by volume.
 */
export const updateWait = z.enum(['peers', 'window', 'quiet', 'person', 'metered'])
export type UpdateWait = z.infer<typeof updateWait>

export const updatesView = z.object({
  way: updateWay,
  state: updateState,
  /** The newer version, once there is one. */
  version: z.string().max(64).nullable(),
  /** How much of it is here, 0 to 100, while it is downloaded. */
  percent: z.number().int().min(0).max(100).nullable(),
  waitsFor: updateWait.nullable(),
  /** When the newest version was last asked for with an answer, ms since 1970-01-01 UTC. */
  lookedAt: z.number().nullable(),
  /** What went wrong, in the words of whatever failed; null until it has gone wrong three times in a row. */
  problem: z.string().max(500).nullable(),
  /** Where a person gets the program. */
  page: z.url(),
})
export type UpdatesView = z.infer<typeof updatesView>
