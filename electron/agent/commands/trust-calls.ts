import type { CallHandlers } from '../../contract/calls.ts'
import type { GrantView, MeshView, PeerView } from '../../contract/snapshot.ts'
import type { AuditLog, Grants, Health, Membership } from '../components.ts'
import { FcnError } from '../errors.ts'
import { parseId } from '../identity/node-id.ts'
import { meantMesh, resolveReference } from './reference.ts'

type TrustCalls = Pick<
  CallHandlers,
  | 'mesh.rename' | 'mesh.recovery.export' | 'mesh.recovery.restore' | 'member.remove' | 'member.setRole'
  | 'invite.create' | 'invite.list' | 'invite.revoke' | 'invite.read' | 'peer.block' | 'peer.unblock'
  | 'grant.list' | 'grant.set' | 'grant.except' | 'audit.verify' | 'identity.renew'
> // prettier-ignore

interface TrustCallsComponents {
  membership: Membership
  grants: Grants
  audit: AuditLog
  health: Pick<Health, 'raise'>
  peers: () => PeerView[]
  self: () => { id: string; name: string }
  /** The next start of this node makes a new identity. */
  renewIdentity: () => void
}

/** Who is in, by what right, and what each may use. */
export function trustCalls({ membership, grants, audit, health, peers, self, renewIdentity }: TrustCallsComponents): TrustCalls {
  const record = (action: string, subject: { id: string; name: string }, details: Record<string, string | boolean | null> = {}) =>
    audit.record({ action, actor: self().name, actorId: self().id, subject: subject.name, subjectId: subject.id, outcome: 'ok', details })

  const mesh = (reference: string | undefined): MeshView => meantMesh(membership.meshes(), reference)

  const peer = (reference: string): PeerView => {
    const found = resolveReference(peers(), reference, { noun: 'peer', named: ({ id, name }) => ({ ids: [id], name }) })
    if (found.kind === 'node') return found
    throw new FcnError('invalid_input', `${found.name} is a legacy peer: it cannot prove who it is.`, { action: 'Forget it instead.' })
  }

  const granted = (view: GrantView, details: Record<string, string | boolean | null>) => {
    const name = membership.meshes().find(({ id }) => id === view.mesh)?.name ?? view.mesh
    record('grant.changed', { id: view.resource, name: view.resource }, { mesh: name, ...details })
    return view
  }

  return {
    'mesh.rename': ({ mesh: reference, name }) => membership.renameMesh(mesh(reference).id, name),
    'mesh.recovery.export': ({ mesh: reference, passphrase, forget }) =>
      membership.exportRecovery(mesh(reference).id, { passphrase, forget }),
    'mesh.recovery.restore': ({ file, passphrase }) => membership.restoreRecovery(file, passphrase),

    'member.remove': async ({ mesh: reference, peer: who }) => {
      const { id, name } = peer(who)
      await membership.removeMember(mesh(reference).id, id)
      return { id, name }
    },
    'member.setRole': async ({ mesh: reference, peer: who, role }) => {
      const { id, name } = who === self().id ? self() : peer(who) // an admin may step back
      await membership.setRole(mesh(reference).id, id, role)
      return { id, name }
    },

    'invite.create': ({ mesh: reference, ...input }) => membership.createInvite({ ...input, mesh: mesh(reference).id }),
    'invite.list': () => membership.invites(),
    'invite.revoke': ({ id: reference }) => {
      const named = ({ id, note }: { id: string; note: string | null }) => ({ ids: [id], name: note ?? id })
      return membership.revokeInvite(resolveReference(membership.invites(), reference, { noun: 'invite', named }).id)
    },
    'invite.read': ({ invite }) => membership.readInvite(invite),

    'peer.block': ({ peer: reference }) => membership.block(peer(reference)),
    'peer.unblock': ({ peer: reference }) => {
      const named = ({ id, name }: { id: string; name: string }) => ({ ids: [id], name })
      return membership.unblock(resolveReference(membership.blocked(), reference, { noun: 'blocked node', named }).id)
    },

    'grant.list': () => grants.list(),
    'grant.set': ({ mesh: reference, resource, rule }) => granted(grants.set({ mesh: mesh(reference).id, resource, rule }), { rule }),
    'grant.except': ({ mesh: reference, resource, peer: who, allow }) => {
      const { id, name } = peer(who)
      return granted(grants.except({ mesh: mesh(reference).id, resource, peer: id, allow }), { peer: name, peerId: id, allow })
    },

    'audit.verify': () => audit.verify(),
    'identity.renew': ({ id }) => {
      confirmOwnId(id, self().id)
      renewIdentity()
      record('identity.renewed', self())
      health.raise(renewalAsked)
      return { restartNeeded: true }
    },
  }
}

/** Nobody leaves all meshes by a slip of the hand: the caller repeats the id of this very node. */
function confirmOwnId(repeated: string, own: string): void {
  if (parseId(repeated) === own) return
  throw new FcnError('invalid_input', 'This is not the id of this node as it is now.', {
    action: `To leave ${own} behind for good, repeat exactly this id.`,
  })
}

const renewalAsked = {
  code: 'identity_renewal',
  severity: 'warning' as const,
  title: 'This node becomes a new one at its next start',
  text: 'It will have a new id and be in no mesh. Its old keys are kept aside in the data folder.',
  action: 'Restart the node now, then join your meshes again.',
}
