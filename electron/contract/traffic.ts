import { z } from 'zod'

/** Bytes per second on average, one number a point, the oldest first. */
const rates = z.array(z.number().nonnegative()).max(61)

export const trafficSeries = z.object({ received: rates, sent: rates })
export type TrafficSeries = z.infer<typeof trafficSeries>

/** What requests carried between this node and peers, over the last quarter of an hour or as long as the node runs. */
export const trafficView = z.object({
  /** End of the last point: now, by this machine’s clock. */
  at: z.number(),
  /** Length of a point, ms. */
  step: z.number().int().positive(),
  /** How much of the last point is over, ms: it is still growing. */
  lasted: z.number().nonnegative(),
  /** All meshes, and what belongs to none. */
  total: trafficSeries,
  /** By mesh; those in which nothing moved are not there. Each has as many points as `total`. */
  meshes: z.record(z.string(), trafficSeries),
})
export type TrafficView = z.infer<typeof trafficView>
