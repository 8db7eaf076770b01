/** Invites from the asked side: whoever shows the secret of one over a connection to this node's key is let in by it. */
import type { MeshRole } from '../../contract/snapshot.ts'
import type { NodeCaller } from '../components.ts'
import { FcnError, toFcnError } from '../errors.ts'
import type { JoinAsk } from '../protocol/messages.ts'
import type { Clock } from '../support/clock.ts'
import { newId } from '../support/new-id.ts'
import type { Random } from '../support/random.ts'
import { createRateLimit } from '../support/rate-limit.ts'
import type { InviteRow } from './invite-store.ts'
import type { Invites } from './invites.ts'
import type { JoinNotes } from './join-notes.ts'
import { type JoinPenalty, tooMany } from './join-penalty.ts'
import { meantMesh, notAdmin } from './mesh-choice.ts'
import type { RequestRow } from './mesh-store.ts'
import type { OwnMeshes } from './own-meshes.ts'
import type { RemovalOf } from './removal-of.ts'
import type { Requests } from './requests.ts'

/** Secrets shown by all addresses together; 128 bits cannot be guessed, but each try costs a lookup and an audit line. */
const overall = { burst: 256, perSecond: 8, maxKeys: 1 }

interface Components {
  meshes: OwnMeshes
  requests: Requests
  invites: Invites
  penalty: JoinPenalty
  notes: JoinNotes
  removalOf: RemovalOf
  clock: Clock
  random: Random
}

type InvitedAsk = JoinAsk & { invite: string }

export type Redeeming = ReturnType<typeof createRedeeming>

export function createRedeeming({ meshes, requests, invites, penalty, notes, removalOf, clock, random }: Components) {
  const overallLimit = createRateLimit(overall, clock)

  /** The invite with that secret, if it is for the mesh that is meant. */
  function meantInvite({ address }: NodeCaller, { invite: secret, mesh }: InvitedAsk): InviteRow {
    const invite = invites.withSecret(secret)
    if (!invite) {
      penalty.fail(address)
      throw new FcnError('invite_unknown', 'There is no such invite here.', { action: 'Ask for a new one.' })
    }
    const wanted = mesh === undefined ? invite.mesh : (meshes.all().find(({ id, name }) => id === mesh || name === mesh)?.id ?? mesh)
    if (wanted !== invite.mesh)
      throw new FcnError('invite_wrong_mesh', 'This invite is for another mesh.', { action: 'Ask for a new one.' })
    return invite
  }

  function note(caller: NodeCaller, { name, os }: InvitedAsk, { id: invite, mesh }: InviteRow): RequestRow {
    const { id: node, publicKey, address } = caller
    const id = newId(random)
    return requests.add({ id, mesh, node, publicKey, name, address, os, code: null, invite }).row
  }

  function decided(row: RequestRow, admissions: string[], role: MeshRole): RequestRow {
    const approved = requests.decide(row.id, { state: 'approved', admissions })
    notes.approved(approved, 'invite', role)
    return approved
  }

  /** What a node that came by this invite was answered; null for all others. */
  function answeredBefore({ id: node }: NodeCaller, invite: InviteRow): RequestRow | null {
    const earlier = requests.find(invite.mesh, node)
    return earlier?.invite === invite.id && earlier.state !== 'rejected' ? earlier : null
  }

  async function letIn(caller: NodeCaller, ask: InvitedAsk, invite: InviteRow): Promise<RequestRow> {
    const { id: node, publicKey: key } = caller
    const isKnown = invite.usedBy.some((user) => user.id === node)
    if (!isKnown) {
      invites.use(invite.id, { id: node, name: ask.name })
      notes.inviteUsed(invite, { id: node, name: ask.name })
    }
    try {
      const admissions = await meshes.admit(invite.mesh, { node, key, role: invite.role })
      return decided(note(caller, ask, invite), admissions, invite.role)
    } catch (error) {
      if (!isKnown) invites.release(invite.id, node)
      throw error
    }
  }

  async function redeem(caller: NodeCaller, ask: InvitedAsk): Promise<RequestRow> {
    const invite = meantInvite(caller, ask)
    const mesh = meantMesh(meshes.all(), invite.mesh, meshes.self().name)
    if (mesh.role !== 'admin') throw notAdmin(mesh, meshes.self().name)
    const wasRemoved = removalOf(mesh.id, caller.id) !== null
    const before = answeredBefore(caller, invite)
    if (before && (before.state === 'pending' || !wasRemoved)) return before
    const isKnown = invite.usedBy.some(({ id }) => id === caller.id)
    if (!isKnown || wasRemoved) invites.checkOpen(invite)
    // whoever was removed comes back only by a person's word, whatever old invite it still holds
    if (!invite.askMe && !wasRemoved) return letIn(caller, ask, invite)
    const row = note(caller, ask, invite)
    notes.requested(row)
    return row
  }

  return {
    /** Throws `invite_unknown`, `_revoked`, `_expired`, `_used`, `_wrong_mesh`, `too_many`, `not_admin`. */
    async redeem(caller: NodeCaller, ask: InvitedAsk): Promise<RequestRow> {
      try {
        penalty.pass(caller.address, 0)
        if (!overallLimit.take('all')) throw tooMany(overallLimit.retryAfter('all'))
        return await redeem(caller, ask)
      } catch (thrown) {
        notes.inviteRefused(caller, ask.name, toFcnError(thrown).code)
        throw thrown
      }
    },
  }
}
