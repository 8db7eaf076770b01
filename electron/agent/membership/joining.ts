/** Joining in both directions, wired: this node's joins elsewhere, others' requests here, and invites. */
import type { DatabaseSync } from 'node:sqlite'
import type { AddressProbe, AuditLog, Health, Identity, Membership, MembershipInbox, MeshId, NodeId, Transport } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import type { Random } from '../support/random.ts'
import { createEmitter } from '../support/signal.ts'
import { createAdmitting } from './admitting.ts'
import type { Blocklist } from './blocklist.ts'
import { createDeciding } from './deciding.ts'
import { createInviteStore, type InviteRow } from './invite-store.ts'
import { parseInvite, writeInvite } from './invite-text.ts'
import { createInvites, inviteView } from './invites.ts'
import { createJoinNotes } from './join-notes.ts'
import { createJoinPenalty } from './join-penalty.ts'
import { createJoinSteps } from './join-steps.ts'
import { createJoins } from './joins.ts'
import { notAdmin } from './mesh-choice.ts'
import type { MeshStore } from './mesh-store.ts'
import type { OwnMeshes } from './own-meshes.ts'
import type { PeerClient } from './peer-client.ts'
import { createRedeeming } from './redeeming.ts'
import type { RemovalOf } from './removal-of.ts'
import { createRequests } from './requests.ts'
import type { TaskGroup } from './task-group.ts'
import { createUnrevealedAsks } from './unrevealed-asks.ts'

interface Components {
  identity: Identity
  database: DatabaseSync
  store: MeshStore
  meshes: OwnMeshes
  blocklist: Blocklist
  client: PeerClient
  transport: Transport
  addressProbe: AddressProbe
  tasks: TaskGroup
  audit: AuditLog
  health: Health
  clock: Clock
  random: Random
  /** Resolves when what this node says of itself is signed. */
  described: () => Promise<void>
  /** Called when this node has entered a mesh. */
  entered: (mesh: MeshId) => void
  removalOf: RemovalOf
}

type Calls = Pick<
  Membership,
  | 'joins' | 'startJoin' | 'confirmJoin' | 'cancelJoin' | 'requests' | 'approveRequest' | 'rejectRequest'
  | 'invites' | 'createInvite' | 'revokeInvite' | 'readInvite'
> // prettier-ignore

export function createJoining(components: Components) {
  const { identity, database, store, meshes, blocklist, audit, health, clock, random, described, removalOf } = components
  const changed = createEmitter()
  const { self } = meshes
  const meshName = (id: string) => meshes.get(id)?.name ?? id

  const notes = createJoinNotes({ audit, health, clock, self, meshName })
  const penalty = createJoinPenalty({ clock })
  const asks = createUnrevealedAsks({ clock, random, penalty })
  const invites = createInvites({ store: createInviteStore(database), clock, random })
  const requests = createRequests({
    store,
    clock,
    onCrowded: (row) => {
      penalty.fail(row.address)
      notes.dropped(row)
    },
  })
  const redeeming = createRedeeming({ meshes, requests, invites, penalty, notes, removalOf, clock, random })
  const admitting = createAdmitting({ identity, meshes, requests, redeeming, blocklist, penalty, asks, notes, clock })
  const deciding = createDeciding({ meshes, requests, invites, blocklist, penalty, notes, removalOf, self })
  const joins = createJoins({ ...components, steps: createJoinSteps(components), notes })
  for (const part of [requests, invites, joins]) part.changed.subscribe(() => changed.emit())

  const view = (row: InviteRow) => inviteView(row, meshName(row.mesh), invites.stateOf(row))

  const calls: Calls = {
    joins: () => joins.list(),
    async startJoin(target) {
      await described()
      return joins.start(target)
    },
    confirmJoin: (id, code) => joins.confirm(id, code),
    cancelJoin: (id, options) => joins.cancel(id, options),

    requests: () => deciding.list(),
    approveRequest: (id, options) => deciding.approve(id, options),
    rejectRequest: async (id, options) => deciding.reject(id, options),

    invites: () => invites.list().map(view),
    async createInvite({ mesh: id, role, note = null, validFor, uses, askMe }) {
      const mesh = meshes.required(id)
      if (mesh.role !== 'admin') throw notAdmin(mesh, self().name)
      const addresses = (meshes.description()?.addresses ?? []).map((url) => url.replace(/^https:\/\//u, ''))
      if (addresses.length === 0) {
        throw new FcnError('unreachable', 'This node has no address that others could reach.', { action: 'Connect it to a network first.' })
      }
      const { row, secret } = invites.create({ mesh: id, role, note, uses, askMe }, validFor)
      notes.invite('invite.created', row)
      return { invite: view(row), ...writeInvite({ mesh: id, inviter: identity.id, secret, expiresAt: row.expiresAt, addresses }) }
    },
    revokeInvite(id) {
      const wasOpen = invites.list().some((row) => row.id === id && invites.stateOf(row) === 'open')
      const row = invites.revoke(id)
      if (wasOpen) notes.invite('invite.revoked', row)
      return view(row)
    },
    readInvite(text) {
      const { mesh, inviter, addresses, expiresAt } = parseInvite(text)
      return { mesh, inviter, addresses, expiresAt }
    },
  }

  const inbox: Pick<MembershipInbox, 'ask' | 'answer' | 'withdraw'> & Pick<ReturnType<typeof createAdmitting>, 'reveal'> = admitting

  return {
    changed,
    calls,
    inbox,
    load(): void {
      requests.load()
      invites.load()
      joins.load()
    },
    resumeAll: () => joins.resumeAll(),
    sweep(): void {
      requests.sweep()
      invites.sweep()
      admitting.sweep()
      notes.sweep()
    },
    /** Forgets what a node that was removed had asked or been told. */
    dropNode(mesh: MeshId, node: NodeId): void {
      const request = requests.find(mesh, node)
      if (request) requests.drop(request.id)
    },
    /** This node has left a mesh: nobody comes in through it any more. */
    dropMesh(mesh: MeshId): void {
      requests.dropMesh(mesh)
      invites.dropMesh(mesh)
    },
  }
}

export type Joining = ReturnType<typeof createJoining>
