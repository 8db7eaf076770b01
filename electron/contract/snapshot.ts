import { z } from 'zod'
import { aiView } from './ai.ts'
import { capabilityName, capabilityState } from './capability.ts'
import { discoveredView, foundVia, networkView } from './discovery.ts'
import { failure } from './failure.ts'
import { syncHubView, syncTokenView } from './hub-sync.ts'
import { portMappingView } from './port-mapping.ts'
import { resources } from './resources.ts'
import { hubView, peerPath, tunnelView } from './relay.ts'
import { capabilityLimits, policyView, rateView, routedView } from './routing.ts'
import { settings } from './settings.ts'
import { setupView } from './setup.ts'
import { pausedView, sharingConditions, sharingView } from './sharing.ts'
import { updatesView } from './updates.ts'

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
  /** What it runs on: Node.js, Electron in the desktop app, and the version of what nodes say to each other. */
  runtime: z.object({ node: z.string(), electron: z.string().nullable(), protocol: z.number().int() }),
  /** Settings that were changed and hold only when the node is started again. */
  restartFor: z.array(settings.keyof()),
  /** This machine's connection is paid by volume, as the user says or as it looks. */
  metered: z.boolean(),
  /** Whether the router lets the internet reach this node. */
  portMapping: portMappingView,
  /** Where the private keys are: wrapped by the system's key store, or in files that only their owner can read. */
  keyProtection: z.object({
    kind: z.enum(['keystore', 'file']),
    /** Name of the key store, e.g. `gnome_libsecret`. */
    backend: z.string().nullable(),
    /** Why it is a file although the desktop app runs. */
    why: z.string().nullable(),
  }),
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
  /** This node holds the root key, which can make admins even when no admin is left. */
  hasRootKey: z.boolean(),
  /** When the root key was last exported from this node. */
  recoveryExportedAt: time.nullable(),
})
export type MeshView = z.infer<typeof meshView>

/** States of a peer (product.md, "Peer states"). `suspect` is shown as "checking…". */
export const peerState = z.enum(['online', 'suspect', 'offline', 'left', 'removed'])
export type PeerState = z.infer<typeof peerState>

export const addressView = z.object({
  /** `https://host:port` of a node, `relay://<node id>` through a hub, `http://host:port` of a legacy peer. */
  url: z.string(),
  foundVia,
  lastOk: time.nullable(),
  lastError: failure.extend({ at: time }).nullable(),
})
export type AddressView = z.infer<typeof addressView>

/** A capability as a peer offers it: names beyond the five come from legacy peers and are shown as they are. */
export const offeredCapability = z.object({ name: z.string().max(64), state: capabilityState, detail: z.string().max(200).optional() })
export type OfferedCapability = z.infer<typeof offeredCapability>

export const offeredService = z.object({
  id: z.string().max(64),
  name: z.string().max(64),
  status: z.enum(['active', 'inactive', 'paused']),
})
export type OfferedService = z.infer<typeof offeredService>

export const peerView = z.object({
  /** Node id; of a legacy peer its URL, which is its only identity. */
  id: z.string(),
  kind: z.enum(['node', 'legacy']),
  name: z.string(),
  /** Ids of the meshes this node shares with it; empty for legacy peers. */
  meshes: z.array(z.string()),
  role: meshRole.nullable(),
  /** Its role in each mesh. */
  roles: z.record(z.string(), meshRole),
  /** Who let it into each mesh; the mesh's own id and name when it founded or recovered it. */
  admittedBy: z.record(z.string(), z.object({ id: z.string(), name: z.string() })),
  /** Through whom this node came to know it, in each mesh: who let this node in, or who let the peer in later. */
  introducedBy: z.record(z.string(), z.object({ id: z.string(), name: z.string() })),
  /** Meshes for which it relays. */
  hubOf: z.array(z.string()),
  /** Hubs through which it can be reached. */
  via: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Set when it was removed from every mesh we share, or blocked here. */
  removed: z.object({ how: z.enum(['removed', 'blocked']), by: z.object({ id: z.string(), name: z.string() }), at: time }).nullable(),
  state: peerState,
  path: peerPath.nullable(),
  addresses: z.array(addressView),
  capabilities: z.array(offeredCapability),
  services: z.array(offeredService),
  resources: resources.nullable(),
  /** Last authenticated contact. */
  lastSeen: time.nullable(),
  version: z.string().nullable(),
  os: z.string().nullable(),
  /** It says that its connection is paid by volume. */
  metered: z.boolean(),
  /** What it offers and does not let this node use in any mesh (`capability:<name>`, `service:<id>`), as far as it has said. */
  refused: z.array(z.string()),
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
  /** Six digits to compare with the joiner's screen; null when it shows an invite instead, which proves the same. */
  code: z.string().nullable(),
  /** The invite it came with, when its inviter chose to be asked. */
  invite: z.object({ id: z.string(), note: z.string().nullable() }).nullable(),
  /** It was a member before and was removed; letting it in again is a re-admission. */
  removedBefore: z.object({ by: z.object({ id: z.string(), name: z.string() }), at: time }).nullable(),
})
export type RequestView = z.infer<typeof requestView>

/**
 * This node asks to be let in elsewhere. `connecting` not reached yet (retried by itself), `waiting` for approval on
 * `approver`, `confirming` approved there while the person here has not yet said that the codes match, then one of the
 * final states.
 */
export const joinView = z.object({
  id: z.string(),
  url: z.string(),
  state: z.enum(['connecting', 'waiting', 'confirming', 'joined', 'rejected', 'expired', 'failed']),
  /** Six digits to compare with the approver's screen; null before they are known, and with an invite or a given node id. */
  code: z.string().nullable(),
  /** The person here has said that the codes match, or the approver's key was known beforehand. */
  confirmed: z.boolean(),
  approver: z.object({ id: z.string(), name: z.string() }).nullable(),
  mesh: z.object({ id: z.string(), name: z.string() }).nullable(),
  problem: failure.nullable(),
  createdAt: time,
})
export type JoinView = z.infer<typeof joinView>

/** An invite made here. Its secret is shown once, when it is made, and not kept. */
export const inviteView = z.object({
  id: z.string(),
  mesh: z.object({ id: z.string(), name: z.string() }),
  role: meshRole,
  /** For the inviter, e.g. "for Grandma's laptop". */
  note: z.string().nullable(),
  createdAt: time,
  expiresAt: time,
  /** How many nodes it can let in, and which it has. */
  uses: z.number().int(),
  usedBy: z.array(z.object({ id: z.string(), name: z.string(), at: time })),
  /** Somebody here approves each use. */
  askMe: z.boolean(),
  state: z.enum(['open', 'used', 'expired', 'revoked']),
})
export type InviteView = z.infer<typeof inviteView>

/** A key that this node refuses, whoever introduces it. */
export const blockedView = z.object({ id: z.string(), name: z.string(), at: time, why: z.enum(['request', 'peer']) })
export type BlockedView = z.infer<typeof blockedView>

/** Who may use a thing: every member, admins, or nobody apart from the exceptions. */
export const grantRule = z.enum(['all', 'admins', 'nobody'])
export type GrantRule = z.infer<typeof grantRule>

/** `*` (what has no rule of its own), `capability:<name>` or `service:<id>`. */
export const grantResource = z
  .string()
  .max(80)
  .regex(/^(\*|capability:[a-z]+|service:[a-z0-9][a-z0-9._-]{0,63})$/, '*, capability:<name> or service:<id>')

/**
 * Who may use a thing of this node in one mesh; `id` is `<mesh> <resource>`. Decided in this order: the exception for the
 * peer on this resource, the rule of this resource, the exception for the peer on `*`, the rule of `*`, `all`.
 */
export const grantView = z.object({
  id: z.string(),
  mesh: z.string(),
  resource: grantResource,
  /** Null: as `*` says. */
  rule: grantRule.nullable(),
  /** Node id → allowed or not, whatever the rule says. */
  exceptions: z.record(z.string(), z.boolean()),
})
export type GrantView = z.infer<typeof grantView>

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
  /** What peers together and one peer may take of it. */
  limits: capabilityLimits,
  /** When it is shared. */
  conditions: sharingConditions,
  /** Why peers do not get it now although it is on; programs on this computer do. */
  paused: pausedView.nullable(),
  /** Peers with a request under way or in the last minute, the newest first. */
  usedBy: z.array(z.object({ id: z.string(), name: z.string() })).max(32),
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
  limits: capabilityLimits,
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
  /** Codes of warnings that are its cause: while one of them is shown, this one is not. */
  dependsOn: z.array(z.string()).optional(),
  /** Shown only when it lasts this long, ms. */
  delay: z.number().optional(),
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
  /** Whether sharing is paused, and what conditions are judged by. */
  sharing: sharingView,
  network: networkView,
  routed: routedView,
  /** How far a person has come with setting up this node. */
  setup: setupView,
  /** Language models: engines here, models of the meshes, on what terms. */
  ai: aiView,
  /** Newer versions of this program. */
  updates: updatesView,
  meshes: byId(meshView),
  peers: byId(peerView),
  requests: byId(requestView),
  joins: byId(joinView),
  capabilities: byId(capabilityView),
  services: byId(serviceView),
  invites: byId(inviteView),
  blocked: byId(blockedView),
  grants: byId(grantView),
  policies: byId(policyView),
  /** Meshes for which this node relays, or could. */
  hubs: byId(hubView),
  tunnels: byId(tunnelView),
  health: byId(healthWarning),
  /** Nodes that the local network shows now. */
  discovered: byId(discoveredView),
  /** How busy the ways to and from peers are; those on which nothing moves are not there. */
  rates: byId(rateView),
  /** Tokens that let others sync with this node, and hubs that it syncs to. */
  syncTokens: byId(syncTokenView),
  syncHubs: byId(syncHubView),
})
export type Snapshot = z.infer<typeof snapshot>
