import { z } from 'zod'
import { failure } from './failure.ts'

const time = z.number()

/** What a hub gives to one mesh. */
export const hubLimits = z
  .object({
    /** Members that hold a tunnel to it at once. */
    members: z.number().int().min(1).max(1024),
    /** Bytes per second passed on for all of them together, both directions added up; null: no limit. */
    bytesPerSecond: z
      .number()
      .int()
      .min(16 * 1024)
      .max(2 ** 40)
      .nullable(),
    /** Bytes passed on in one calendar month (UTC), both directions added up; null: no limit. */
    bytesPerMonth: z
      .number()
      .int()
      .min(2 ** 20)
      .max(2 ** 50)
      .nullable(),
  })
  .strict()
export type HubLimits = z.infer<typeof hubLimits>

export const defaultHubLimits: HubLimits = { members: 128, bytesPerSecond: null, bytesPerMonth: null }

/** Whether this node relays for one of its meshes, and what that costs now; `id` is the mesh. */
export const hubView = z.object({
  id: z.string(),
  on: z.boolean(),
  /** Only admins' nodes relay: null when this one may, else why not. */
  whyNot: failure.nullable(),
  limits: hubLimits,
  /** Members attached, pairs of members that it connects now, and what passes between them. */
  spokes: z.number().int(),
  pairs: z.number().int(),
  bytesPerSecond: z.number(),
  bytesThisMonth: z.number(),
})
export type HubView = z.infer<typeof hubView>

/** This node's tunnel to a hub; `id` is the hub. */
export const tunnelView = z.object({
  id: z.string(),
  name: z.string(),
  /** Meshes in which it relays for this node. */
  meshes: z.array(z.string()),
  state: z.enum(['connecting', 'up', 'down']),
  /** Of the state. */
  since: time,
  /** Last round trip over the tunnel, ms. */
  latencyMs: z.number().nullable(),
  /** Why it is down. */
  problem: failure.nullable(),
})
export type TunnelView = z.infer<typeof tunnelView>

/** How a node is reached: at one of its own addresses, or through a hub that passes on what it cannot read. */
export const peerPath = z.discriminatedUnion('kind', [
  /** `url` is an address of its own, or `relay://<this node>`: the tunnel that it keeps to this node. */
  z.object({ kind: z.literal('direct'), url: z.string(), latencyMs: z.number().nullable() }),
  z.object({
    kind: z.literal('relayed'),
    /** `relay://<node id of the hub>` */
    url: z.string(),
    hub: z.object({ id: z.string(), name: z.string() }),
    latencyMs: z.number().nullable(),
    /** Why no address of its own answers; null before one was tried. */
    whyNotDirect: failure.nullable(),
  }),
])
export type PeerPath = z.infer<typeof peerPath>
