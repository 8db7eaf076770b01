/**
 * How the parts of the agent know each other. A part is made by `createX(components, options)` and lists in its own
 * `XComponents` only what it uses of these. Nothing here has an implementation.
 */
import type { KeyObject } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex, Readable } from 'node:stream'
import type { AuditCheck, AuditEntry } from '../contract/audit.ts'
import type { CallArgs, CallOutput, InviteContent, UrlCheck } from '../contract/calls.ts'
import type { CapabilityName } from '../contract/capability.ts'
import type { DiscoveredView, NetworkView, ScanView } from '../contract/discovery.ts'
import type { ErrorCode } from '../contract/error-codes.ts'
import type { MeshFile } from '../contract/mesh-file.ts'
import type { Resources } from '../contract/resources.ts'
import type { CapabilityLimits, PolicyRules, PolicyView } from '../contract/routing.ts'
import type { Settings, SettingsChange } from '../contract/settings.ts'
import type {
  AddressView,
  BlockedView,
  CapabilityView,
  GrantView,
  HealthWarning,
  InviteView,
  JoinView,
  MeshRole,
  MeshView,
  OfferedCapability,
  OfferedService,
  PeerState,
  PeerView,
  RequestView,
  ServiceView,
} from '../contract/snapshot.ts'
import type { FcnError } from './errors.ts'
import type { Hello, Introduced, Introduction, JoinAnswer, JoinAsk, JoinReveal, SyncAnswer, SyncAsk } from './protocol/messages.ts'
import type { AnswerHandler, StreamedRequest } from './support/answer-handler.ts'
import type { Signal } from './support/signal.ts'

/** Ids are 28 base32 characters in four groups, `K7QDM3X-WPA4HNU-5SYB2RC-TJE6LQZ` (identity/node-id.ts). */
export type NodeId = string
export type MeshId = string

/**
 * A part that runs. `start` and `stop` are safe to call twice; `stop` before `start` does nothing; `stop` waits for
 * all that `start` began and nothing happens after it has resolved. A `start` that fails leaves nothing behind.
 */
export interface Startable {
  start(): Promise<void>
  stop(): Promise<void>
}

/** The key that is this node. */
export interface Identity {
  readonly id: NodeId
  /** SubjectPublicKeyInfo (DER), base64url. */
  readonly publicKey: string
  readonly privateKey: KeyObject
  /** PEM key and self-signed certificate for TLS; the certificate is made anew at each start, the key never is. */
  readonly tls: { readonly key: string; readonly cert: string }
}

/** Owner of the user's settings. */
export interface SettingsStore {
  get(): Settings
  /** Validates, saves durably, then announces. Throws `invalid_input` and changes nothing when the result is not valid. */
  update(change: SettingsChange): Settings
  readonly changed: Signal<{ previous: Settings; current: Settings }>
}

/** What this node says of itself: into its member record, to legacy peers, to the page. */
export interface SelfDescription {
  name: string
  /** `https://host:port`, best first. */
  addresses: string[]
  capabilities: OfferedCapability[]
  services: OfferedService[]
  version: string
  os: string
  /** Its connection is paid by volume; absent where it is not, or where the node does not know such a thing yet. */
  metered?: boolean
}

/** The part of this node in the relaying of one mesh. */
export interface RelayRole {
  /** It relays for members of the mesh; counts only while it is an admin. */
  hub: boolean
  /** Hubs through which it can be reached, the first one first. */
  via: NodeId[]
}

/** What this node says of itself in all its meshes, and in each. */
export interface OwnDescription extends SelfDescription {
  relay?: Record<MeshId, RelayRole>
}

/** One peer in one mesh, as its signed record and our contact with it say; its addresses are its own, not those at hubs. */
export interface Member extends SelfDescription, RelayRole {
  meshId: MeshId
  nodeId: NodeId
  role: MeshRole
  /** Who let it in; the mesh's id and name for its founder. */
  admittedBy: { id: string; name: string }
  /** Through whom this node came to know it. */
  introducedBy: { id: string; name: string }
  removed: PeerView['removed']
  state: PeerState
  /** Last authenticated contact. */
  lastSeen: number | null
  resources: Resources | null
  /** What it offers and does not let this node use in that mesh, as resources; empty also when it has not said. */
  refused: string[]
}

/** What this node offers and does not let such a member use in that mesh, as resources (`service:<id>`). Asked often, pure. */
export type RefusedTo = (caller: { node: NodeId; role: MeshRole; mesh: MeshId }) => readonly string[]

/**
 * Owner of meshes, members, admissions, and requests to join in both directions. Knows nothing of HTTP: `transport`
 * carries its messages, `api/peer` hands in what arrives.
 */
export interface Membership extends Startable {
  readonly changed: Signal<void>
  meshes(): MeshView[]
  /** Other members of all our meshes, without this node. */
  members(): Member[]
  /** Whether the node is a member now of that mesh, or of any mesh of ours when none is named. */
  isMember(node: NodeId, mesh?: MeshId): boolean
  /** Name of a node that is or was a member, this one included; null for a stranger. */
  nameOf(node: NodeId): string | null
  /** The node's role now; null when it is no member, was removed, or is blocked here. */
  roleOf(node: NodeId, mesh: MeshId): MeshRole | null
  /** Nodes that have just ceased to be members: what they have open here must end. */
  readonly expelled: Signal<NodeId>
  /** This node's record in each mesh is renewed and spread when what it says has changed. */
  describe(self: OwnDescription): void
  /** Numbers that change often travel between those that have a link, not in the record. */
  reportResources(resources: Resources): void
  /** Who may use what of this node may be another matter now; members for whom it is are told. */
  refusalsChanged(): void

  /** Without a network nothing is asked and nobody is certain; with it again everybody is verified. */
  setNetwork(up: boolean): void
  /** Addresses of this machine changed, or it woke up: everybody is verified. */
  networkChanged(): void

  createMesh(name: string): Promise<MeshView>
  /** Throws `last_admin` unless forced. */
  leaveMesh(mesh: MeshId, options?: { force: boolean }): Promise<void>
  /** Throws `not_admin`. */
  renameMesh(mesh: MeshId, name: string): Promise<MeshView>
  /** Throws `not_found` when this node does not hold the root key. */
  exportRecovery(mesh: MeshId, options: { passphrase: string; forget: boolean }): Promise<{ file: string; fileName: string }>
  /** Throws `wrong_passphrase`, `invalid_input`. */
  restoreRecovery(file: string, passphrase: string): Promise<MeshView>

  /** Both throw `not_admin`, `not_found`, `last_admin`. */
  removeMember(mesh: MeshId, node: NodeId): Promise<void>
  setRole(mesh: MeshId, node: NodeId, role: MeshRole): Promise<void>

  /** What counts now, asked for every request; null while nobody decided. */
  policyOf(mesh: MeshId, capability: CapabilityName): MeshPolicy | null
  /**
   * Null takes the rules back. Throws `not_admin`, `not_found` for a mesh this node is not in, `conflict` when somebody has
   * used up the versions.
   */
  setPolicy(mesh: MeshId, capability: CapabilityName, rules: PolicyRules | null): Promise<void>
  /** Another policy counts in that mesh, whoever decided it. */
  readonly policiesChanged: Signal<MeshId>

  blocked(): BlockedView[]
  block(node: { id: NodeId; name: string }): BlockedView
  unblock(node: NodeId): BlockedView

  invites(): InviteView[]
  createInvite(
    input: Omit<CallArgs<'invite.create'>, 'mesh'> & { mesh: MeshId },
  ): Promise<{ invite: InviteView; link: string; text: string }>
  revokeInvite(id: string): InviteView
  /** Throws `invalid_input`. */
  readInvite(text: string): InviteContent

  joins(): JoinView[]
  /** With `node` the node at the URL must have that id, and no codes need comparing. */
  startJoin(target: { url: string; mesh?: string; node?: string } | { invite: string }): Promise<JoinView>
  /** Throws `code_mismatch`. */
  confirmJoin(id: string, code?: string): Promise<JoinView>
  cancelJoin(id: string, options?: { codesDiffer: boolean }): Promise<void>

  requests(): RequestView[]
  /** With the given role, else the invite's, else as a member. Throws `code_mismatch`, `invite_used`. */
  approveRequest(id: string, options?: { code?: string; role?: MeshRole }): Promise<RequestView>
  rejectRequest(id: string, options?: { never: boolean; codesDiffer: boolean }): Promise<RequestView>
}

/** What an admin decided about one capability of a mesh; `by` is the mesh itself for its root key. */
export interface MeshPolicy {
  /** Null: the rules were taken back. */
  rules: PolicyRules | null
  by: { id: string; name: string }
  at: number
  version: number
}

/** A caller whose key is proved by its connection. */
export type NodeCaller = Extract<Caller, { kind: 'node' }>

/**
 * What other nodes say to membership. `api/peer` has checked the form and, for all but `hello`, `ask`, `answer`,
 * `reveal`, `withdraw` and `introduce`, that the caller is a member. All throw FcnError.
 */
export interface MembershipInbox {
  hello(): Hello
  /**
   * Throws `no_mesh`, `ambiguous` (details: meshes), `not_admin` (details: admins with addresses), `too_many` (details:
   * retryAfter), `blocked`, and for an invite `invite_unknown`, `_used`, `_expired`, `_revoked`, `_wrong_mesh`.
   */
  ask(caller: NodeCaller, ask: JoinAsk): Promise<JoinAnswer>
  /** Only now a person is asked. Throws `not_found`, `untrusted` for a nonce that was not committed to, `blocked`. */
  reveal(caller: NodeCaller, request: string, reveal: JoinReveal): Promise<JoinAnswer>
  /** Held back for up to `wait` ms while nobody has decided. Throws `not_found` also for another node's request. */
  answer(caller: NodeCaller, request: string, wait: number, signal: AbortSignal): Promise<JoinAnswer>
  withdraw(caller: NodeCaller, request: string, options: { codesDiffer: boolean }): void
  /** A member shows its record; answers ours. Throws `untrusted`, `not_member`, `too_many`. */
  introduce(caller: NodeCaller, introduction: Introduction): Promise<Introduced>
  sync(caller: NodeCaller, ask: SyncAsk): Promise<SyncAnswer>
  /** A member has opened a link; frames are read from now on. */
  link(caller: NodeCaller, socket: Duplex): void
  /** Why a caller that is no member is refused: `blocked`, `removed` with the signed proof in its details, or `not_member`. */
  refusal(caller: NodeCaller): FcnError
}

/** Finds out what answers at an address a person typed; trusts nothing it says beyond its key. */
export interface AddressProbe {
  /** Throws `invalid_input`, `refused_address`; what happened on the network is in the answer. */
  check(url: string, signal: AbortSignal): Promise<UrlCheck>
}

/** What a request to a peer needs; `path` starts with a slash. */
export interface PeerRequest {
  method: string
  path: string
  headers?: Record<string, string | string[]>
  body?: Readable | Uint8Array | string | null
  /** Aborts the request, also while its body is read. */
  signal: AbortSignal
  /** Longest wait for the head of the answer, ms. */
  headersTimeout?: number
}

export interface PeerResponse {
  status: number
  headers: IncomingHttpHeaders
  body: Readable
}

type UpgradeRequest = Omit<PeerRequest, 'body'> & { protocol: string; directly?: boolean }

/** Reaches peers by node id over mutually pinned TLS; owner of what is known about addresses. */
export interface Transport extends Startable {
  /** Adds addresses of a node, best first; `replace` says that these are all (a new member record). */
  learn(node: NodeId, urls: string[], foundVia: AddressView['foundVia'], replace?: boolean): void
  addresses(node: NodeId): AddressView[]
  /** Addresses of this machine are others, or it woke: peers reached through a hub are tried directly at once. */
  networkChanged(): void
  /** A node that was reached through a hub is reached directly from now on. */
  readonly straightened: Signal<NodeId>
  forget(node: NodeId): void
  /** The node has a connection with us that it made, from this address of its own: the path while there is no other. */
  met(node: NodeId, url: string): void
  /** A round trip to the node took so long, ms. */
  measured(node: NodeId, ms: number): void
  /** The path in use, with its smoothed latency (ms) and, where it leads through another node, that hub; null while there is none. */
  path(node: NodeId): { url: string; latencyMs: number | null; hub?: NodeId } | null
  /**
   * Sends a request to the node on the best address that answers with the node's key. Throws FcnError `unreachable`
   * (details: every address with its reason), `key_mismatch`, `timeout`.
   */
  request(node: NodeId, request: PeerRequest): Promise<PeerResponse>
  /**
   * The same, streamed, for what is forwarded. Never throws: the handler hears of every end, a failure as an FcnError
   * like those of `request`, or as the reason of an abort.
   */
  dispatch(node: NodeId, request: StreamedRequest, handler: AnswerHandler): void
  /**
   * An HTTP/1.1 upgrade to the node, `directly`: at no hub. Throws as `request`; when the answer is not a 101 the peer's own
   * error, else `bad_answer`, with the status in details.
   */
  upgrade(node: NodeId, request: UpgradeRequest): Promise<{ headers: IncomingHttpHeaders; socket: Duplex }>
  /** Announces each authenticated answer from a node, and each failure to reach it. */
  readonly contact: Signal<{ node: NodeId; url: string; ok: boolean; at: number }>
}

export type { AiUsage, Engines, MeantModel, ModelAt, ModelDirectory, Models, Trials } from './ai-components.ts'
export type { LinkHandlers, LinkMaker, Links, LinksComponents } from './link-components.ts'

/** Who makes an inbound request, decided once where the connection is accepted, never from a header. */
export type Caller =
  /** Over TLS with a certificate: the key is proved, membership is not. */
  | {
      kind: 'node'
      id: NodeId
      publicKey: string
      /** Of its machine; `relay://<hub>` when it came through a hub. */
      address: string
    }
  /** Over TLS without a certificate. */
  | { kind: 'anonymous'; address: string }
  /** Plain HTTP. */
  | { kind: 'plain'; address: string; loopback: boolean }

/** Owner of the five capabilities of this node. */
export interface Capabilities extends Startable {
  readonly changed: Signal<void>
  list(): CapabilityView[]
  /**
   * Saved, then checked in the background; throws `invalid_input` when it is switched on without a backend, or one peer
   * would have more places than there are. Limits and conditions alone disturb nothing; null takes all of them back to the
   * usual ones.
   */
  set(change: CallArgs<'capability.set'>): Promise<CapabilityView>
  /** What peers may take of it now; asked for every request. */
  limits(name: CapabilityName): CapabilityLimits
  /** What this machine itself has of them, whatever is paused for peers. */
  own(): OfferedCapability[]
  /** What answers requests for a capability that is on: the program at a URL, or this process; throws `capability_off`. */
  backend(name: CapabilityName): URL | RequestServer
}

/** Answers one request in this process, whatever it is; never throws. One and the same function as long as the node runs. */
export type RequestServer = (request: IncomingMessage, response: ServerResponse) => void

/** Owner of the services shared by this node. */
export interface Services extends Startable {
  readonly changed: Signal<void>
  list(): ServiceView[]
  get(id: string): ServiceView | undefined
  /** Adds or, for a known id, updates. Throws `invalid_input`, `too_many` (256). */
  share(input: { id?: string; name: string; port?: number; url?: string; status?: 'active' | 'inactive' }): Promise<ServiceView>
  /**
   * What peers may take of it; null takes all back to the usual. Throws `not_found`, `invalid_input` when one peer would
   * have more places than there are.
   */
  limit(id: string, change: CallArgs<'service.limit'>['limits']): ServiceView
  unshare(id: string): Promise<ServiceView>
}

/** Owner of peers that speak the Router API v0.1 only; their URL is their identity. */
export interface LegacyPeers extends Startable {
  readonly changed: Signal<void>
  list(): PeerView[]
  /** A node that registered itself here (`POST /api/mesh/register`); known URLs are updated. Throws `invalid_input`, `refused_address`, `own_address`, `too_many` (1000). */
  register(input: {
    url: string
    name: string
    capabilities: string[] | string | undefined
    foundVia: 'registered' | 'import'
  }): Promise<{ peer: PeerView; added: boolean }>
  /** Registers this node there with that node's key, and keeps the key to ask it. Throws `unauthorized`, `unreachable`, `bad_answer`. */
  join(url: string, key: string): Promise<PeerView>
  forget(id: string): Promise<PeerView>
  /** Exactly what each was registered with, for `GET /api/mesh/nodes`. */
  registrations(): { url: string; name: string; capabilities: string[] | string; registered: string; lastSeen: string }[]
}

/** mesh.json in and out. */
export interface MeshFiles {
  export(mesh: MeshId | null): MeshFile
  /** With `policies` those of the file are decided for the mesh, where this node is an admin; without they are kept for the file only. */
  import(file: MeshFile, options: { policies: boolean }): Promise<CallOutput<'mesh.import'>>
}

export type { PowerSource, Presence, Shared, Sharing } from './sharing-components.ts'
export type { SyncHubs, SyncTokens, SyncUse } from './sync-components.ts'

/** Measures this machine. */
export interface ResourceMeter extends Startable {
  /** What a person would notice is another. */
  readonly changed: Signal<void>
  /** As announced by `changed`. */
  current(): Resources | null
  /** Each measurement, whether it is news or not: every 5 to 20 s. */
  readonly measured: Signal<void>
  latest(): Resources | null
}

/** Append-only record of who did what here. Never throws: a failure to write is logged and becomes a health warning. */
export interface AuditLog {
  record(
    entry: Partial<Pick<AuditEntry, 'actorId' | 'subject' | 'subjectId' | 'details'>> & Pick<AuditEntry, 'action' | 'actor' | 'outcome'>,
  ): void
  list(query: CallArgs<'audit.list'>): AuditEntry[]
  /** Goes through the whole chain. */
  verify(): Promise<AuditCheck>
}

/**
 * Counts what this node refuses, for the audit log: bounded, however often somebody knocks. Errors of everyday life
 * (`not_found`, `conflict` …) are left out.
 */
export interface Refusals {
  /** A request that was answered with an error; of its headers only whether they show a key is looked at. */
  request(caller: Caller, headers: IncomingHttpHeaders, code: ErrorCode): void
  /** A connection that was closed before there was a whole request on it. */
  connection(address: string, code: ErrorCode): void
  /** This node found another key at an address of `node`, and did not speak to it. */
  otherKey(node: NodeId, url: string): void
}

/** Counts use of the API key, for the audit log. */
export interface KeyUse {
  used(caller: Caller): void
}

/** Owner of who may use what this node shares. */
export interface Grants {
  readonly changed: Signal<void>
  list(): GrantView[]
  set(change: { mesh: MeshId; resource: string; rule: GrantView['rule'] }): GrantView
  except(change: { mesh: MeshId; resource: string; peer: NodeId; allow: boolean | null }): GrantView
  /** Whether a member with that role may use it now: asked for every request. */
  allows(caller: { node: NodeId; role: MeshRole; mesh: MeshId }, resource: string): boolean
  /** A service or mesh is gone, and its rules with it. */
  drop(gone: { mesh: MeshId } | { resource: string }): void
}

/** Owner of routing policies: what admins decided for each mesh, and what this node says instead for its own requests. */
export interface Policies {
  readonly changed: Signal<void>
  list(): PolicyView[]
  /** The rules for a request made here, asked for every request: the override, else the mesh's, else none (`{}`). */
  rulesFor(mesh: MeshId, capability: CapabilityName): PolicyRules
  /** Decides for the mesh, signed and spread; null takes the rules back. Throws as `Membership.setPolicy`. */
  setForMesh(mesh: MeshId, capability: CapabilityName, rules: PolicyRules | null): Promise<PolicyView>
  /** For requests made here only. Throws `not_found`. */
  setOverride(mesh: MeshId, capability: CapabilityName, rules: PolicyRules | null): PolicyView
}

export type { ArrivedRequest, OpenRoute, RouteLog } from './route-log-components.ts'

/** Where private keys are wrapped before they are written to disk; the desktop app has one where the system offers it. */
export interface KeyVault {
  /** Name of the system's key store, e.g. `gnome_libsecret`, `keychain`, `dpapi`. */
  readonly backend: string
  seal(plain: Uint8Array): Promise<Uint8Array>
  /** Rejects when it was sealed by another user or on another machine. */
  open(sealed: Uint8Array): Promise<Uint8Array>
}

/** What the user should know; parts raise and clear by code. */
export interface Health {
  readonly changed: Signal<void>
  raise(warning: Omit<HealthWarning, 'since'>): void
  clear(code: string): void
  list(): HealthWarning[]
}

/** Keys that programs show to use this node over plain HTTP. */
export interface ApiKey {
  /** The generated Router API key. */
  current(): string
  rotate(): string
  /** Constant time. */
  matches(candidate: string): boolean
}

/** Who is on the local network, from every source, merged by id. Nothing it says is proved. */
export interface Discovery extends Startable {
  readonly changed: Signal<void>
  list(): DiscoveredView[]
  network(): NetworkView
  /** Keeps the list fresh for the next ten seconds. */
  look(): void
  /** Only ever at a person's wish; one at a time. */
  scan(): ScanView
  cancelScan(): void
  /** The machine is about to sleep: says goodbye. */
  suspend(): Promise<void>
  /** It woke, or its network came back: everything is made anew. */
  resume(): Promise<void>
}
