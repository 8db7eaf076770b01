import { z } from 'zod'
import { capabilityName, capabilityState } from './capability.ts'
import { failure } from './failure.ts'
import { resources } from './resources.ts'
import { settings } from './settings.ts'

/** Milliseconds since 1970-01-01 UTC. */
export const time = z.number()

/** The node's own state, one source for tray, header and CLI (product.md, "The node's own state"). */
export const nodeState = z.enum(['starting', 'online', 'alone', 'attention', 'paused', 'error'])
export type NodeState = z.infer<typeof nodeState>

export const nodeView = z.object({
  id: z.string(),
  name: z.string(),
  state: nodeState,
  /** Base URLs under which other machines reach this node, best first. */
  urls: z.array(z.string()),
  /** The port in use, which may differ from the one in settings. */
  port: z.number(),
  /** Set when the usual port was taken and the node moved. */
  movedFromPort: z.number().nullable(),
  version: z.string(),
  face: z.enum(['desktop', 'headless']),
  os: z.string(),
  dataDir: z.string(),
  startedAt: time,
})
export type NodeView = z.infer<typeof nodeView>

export const meshRole = z.enum(['admin', 'member'])
export type MeshRole = z.infer<typeof meshRole>

export const meshView = z.object({
  id: z.string(),
  name: z.string(),
  role: meshRole,
  joinedAt: time,
  /** Members including this node. */
  members: z.number(),
  /** Members online including this node. */
  online: z.number(),
  admins: z.number(),
})
export type MeshView = z.infer<typeof meshView>

/** States of a peer (product.md, "Peer states"). `suspect` is shown as "checking…". */
export const peerState = z.enum(['online', 'suspect', 'offline', 'left', 'removed'])
export type PeerState = z.infer<typeof peerState>

export const addressView = z.object({
  /** `https://host:port` of a node, `http://host:port` of a legacy peer. */
  url: z.string(),
  foundVia: z.enum(['joined', 'record', 'contact', 'registered', 'import']),
  lastOk: time.nullable(),
  lastError: failure.extend({ at: time }).nullable(),
})
export type AddressView = z.infer<typeof addressView>

/** A capability as a peer offers it: names beyond the five come from legacy peers and are shown as they are. */
export const offeredCapability = z.object({ name: z.string().max(64), state: capabilityState, detail: z.string().max(200).optional() })
export type OfferedCapability = z.infer<typeof offeredCapability>

export const offeredService = z.object({ id: z.string().max(64), name: z.string().max(64), status: z.enum(['active', 'inactive']) })
export type OfferedService = z.infer<typeof offeredService>

export const peerView = z.object({
  /** Node id; of a legacy peer its URL, which is its only identity. */
  id: z.string(),
  kind: z.enum(['node', 'legacy']),
  name: z.string(),
  /** Ids of the meshes this node shares with it; empty for legacy peers. */
  meshes: z.array(z.string()),
  role: meshRole.nullable(),
  state: peerState,
  path: z.object({ kind: z.literal('direct'), url: z.string(), latencyMs: z.number().nullable() }).nullable(),
  addresses: z.array(addressView),
  capabilities: z.array(offeredCapability),
  services: z.array(offeredService),
  resources: resources.nullable(),
  /** Last authenticated contact. */
  lastSeen: time.nullable(),
  version: z.string().nullable(),
  os: z.string().nullable(),
  /** Why it cannot be reached now, when it cannot. */
  problem: failure.nullable(),
  /** A legacy peer that accepts the well-known default key. */
  openToAnyone: z.boolean(),
})
export type PeerView = z.infer<typeof peerView>

/** Somebody asks this node to be let into a mesh. */
export const requestView = z.object({
  id: z.string(),
  mesh: z.object({ id: z.string(), name: z.string() }),
  node: z.object({ id: z.string(), name: z.string() }),
  address: z.string(),
  os: z.string().nullable(),
  createdAt: time,
})
export type RequestView = z.infer<typeof requestView>

/**
 * This node asks to be let in elsewhere. `connecting` not reached yet (retried by itself), `waiting` for approval on
 * `approver`, then one of the final states.
 */
export const joinView = z.object({
  id: z.string(),
  url: z.string(),
  state: z.enum(['connecting', 'waiting', 'joined', 'rejected', 'expired', 'failed']),
  approver: z.object({ id: z.string(), name: z.string() }).nullable(),
  mesh: z.object({ id: z.string(), name: z.string() }).nullable(),
  problem: failure.nullable(),
  createdAt: time,
})
export type JoinView = z.infer<typeof joinView>

export const capabilityView = z.object({
  name: capabilityName,
  enabled: z.boolean(),
  state: capabilityState,
  /** URL of the program behind it; null until the user gave one. */
  backend: z.string().nullable(),
  /** What the check found, e.g. "4 models". */
  detail: z.string().nullable(),
  problem: failure.nullable(),
  checkedAt: time.nullable(),
})
export type CapabilityView = z.infer<typeof capabilityView>

export const serviceView = z.object({
  id: z.string(),
  name: z.string(),
  /** Where it runs, as seen from this node. */
  url: z.string(),
  port: z.number(),
  status: z.enum(['active', 'inactive']),
  problem: failure.nullable(),
  checkedAt: time.nullable(),
})
export type ServiceView = z.infer<typeof serviceView>

/** A thing the user should know, with what to do: one list for tray, window, CLI and API. */
export const healthWarning = z.object({
  code: z.string(),
  severity: z.enum(['info', 'warning', 'error']),
  title: z.string(),
  text: z.string(),
  action: z.string().nullable(),
  since: time,
})
export type HealthWarning = z.infer<typeof healthWarning>

const byId = <T extends z.ZodType>(of: T) => z.record(z.string(), of)

/**
 * Everything a face shows, in one immutable value. `epoch` names one run of the agent; `revision` counts within it.
 * Collections are keyed by id so that a change of one thing is a small patch (see patch.ts).
 */
export const snapshot = z.object({
  epoch: z.string(),
  revision: z.number().int(),
  node: nodeView,
  settings,
  resources: resources.nullable(),
  meshes: byId(meshView),
  peers: byId(peerView),
  requests: byId(requestView),
  joins: byId(joinView),
  capabilities: byId(capabilityView),
  services: byId(serviceView),
  health: byId(healthWarning),
})
export type Snapshot = z.infer<typeof snapshot>
