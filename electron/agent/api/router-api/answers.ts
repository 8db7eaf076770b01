/** What the Router API v0.1 answers. */
import { z } from 'zod'

const isoTime = z.string()
/** In use, 0 to 100; null where it is not measured. */
const percentage = z.number().min(0).max(100).nullable()
const load = z.object({ cpu: percentage, memory: percentage, disk: percentage })

export const nodeHealth = z.object({ status: z.literal('ok'), node: z.string(), timestamp: isoTime })

export const nodeInformation = z.object({
  name: z.string(),
  /** `general`, or the one capability that the node offers. */
  role: z.string(),
  version: z.string(),
  /** By that contract the time of start. */
  uptime: isoTime,
  lastUpdated: isoTime,
  resources: load,
})
export type NodeInformation = z.infer<typeof nodeInformation>

export const healthDetails = nodeHealth.extend({ uptime: isoTime, resources: load })

export const sharedService = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(['active', 'inactive']),
  port: z.number().nullable(),
  url: z.string().nullable(),
  lastChecked: isoTime,
})
export type SharedService = z.infer<typeof sharedService>

/** By id. */
export const sharedServices = z.record(z.string(), sharedService)

export const meshNode = z.object({
  url: z.string(),
  name: z.string(),
  /** Exactly as given, array or string. */
  capabilities: z.union([z.array(z.string()), z.string()]),
  registered: isoTime.nullable(),
  lastSeen: isoTime.nullable(),
})
export type MeshNode = z.infer<typeof meshNode>

/** By capability: which nodes of the mesh, this one included, offer it. */
export const meshOffers = z.record(z.string(), z.array(z.object({ url: z.string().nullable(), name: z.string() })))
export type MeshOffers = z.infer<typeof meshOffers>

export const systemStatus = z.object({
  node: nodeInformation,
  services: sharedServices,
  mesh: z.object({ nodeCount: z.number().int(), lastSynced: isoTime.nullable() }),
})

export const nodeRegistered = z.object({ message: z.string(), meshSize: z.number().int() })
export const serviceRegistered = z.object({ message: z.string(), service: sharedService })
