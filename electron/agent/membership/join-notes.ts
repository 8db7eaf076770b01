/** What joining leaves behind for people, on both sides: lines of the audit log, and warnings. No secrets. */
import type { MeshRole } from '../../contract/snapshot.ts'
import type { AuditLog, Health, NodeCaller } from '../components.ts'
import type { Clock } from '../support/clock.ts'
import { createRateLimit } from '../support/rate-limit.ts'
import type { InviteRow } from './invite-store.ts'
import type { RequestRow } from './mesh-store.ts'

/** How the other side's key was known to be the right one. */
export type Proof = 'code' | 'invite' | 'pinned'

interface Named {
  id: string
  name: string
}

interface Components {
  audit: AuditLog
  health: Health
  clock: Clock
  self: () => Named
  meshName: (id: string) => string
}

/** A warning stays this long after what it is about, ms. */
const warningFor = 24 * 3_600_000
/**
 * Refusals with a line of their own: 100 at once, then 6 an hour, so that strangers cannot push older lines out of the
 * log. All of them are in the sums of refused requests (audit/refusals.ts).
 */
const refusalLines = { burst: 100, perSecond: 6 / 3600, maxKeys: 1 }

export type JoinNotes = ReturnType<typeof createJoinNotes>

export function createJoinNotes({ audit, health, clock, self, meshName }: Components) {
  const raised = new Map<string, number>()
  const refusalLimit = createRateLimit(refusalLines, clock)

  const by = ({ id, name }: Named) => ({ actor: name, actorId: id })
  const about = ({ id, name }: Named) => ({ subject: name, subjectId: id })
  const asker = ({ node, name }: RequestRow): Named => ({ id: node, name })
  const circumstances = (row: RequestRow) => ({ mesh: meshName(row.mesh), address: row.address })

  function warn(code: string, title: string, text: string, action: string): void {
    raised.set(code, clock.monotonic())
    health.raise({ code, severity: 'warning', title, text, action })
  }

  function onRequest(action: string, row: RequestRow, actor: Named, more: Record<string, string> = {}): void {
    audit.record({ action, ...by(actor), ...about(asker(row)), outcome: 'ok', details: { ...circumstances(row), ...more } })
  }

  function onRefusal(action: 'join.refused' | 'invite.refused', { id, address }: NodeCaller, name: string, why: string): void {
    if (refusalLimit.take('all')) audit.record({ action, ...by({ id, name }), outcome: 'refused', details: { why, address } })
  }

  return {
    requested: (row: RequestRow) => onRequest('member.requested', row, asker(row)),
    approved: (row: RequestRow, how: Proof, role: MeshRole) => onRequest('member.approved', row, self(), { how, role }),
    rejected: (row: RequestRow) => onRequest('member.rejected', row, self()),
    never: (row: RequestRow) => onRequest('member.never', row, self()),
    withdrawn: (row: RequestRow) => onRequest('member.withdrawn', row, asker(row)),

    /** An older request gave way to a newer one. */
    dropped(row: RequestRow): void {
      onRequest('join.dropped', row, self())
      const text = `Too many nodes ask to be let in; the request of ${row.name} from ${row.address} was dropped.`
      warn('requests_dropped', 'A request to join was dropped', text, 'Decide about those that wait. That node can ask again.')
    },

    /** `told`: who says so. */
    codesDiffered(peer: Named, { told, mesh }: { told: Named; mesh: string | null }): void {
      audit.record({ action: 'join.codes_differ', ...by(told), ...about(peer), outcome: 'refused', details: { mesh } })
      const text = `Somebody may be between this node and ${peer.name}: the two screens did not show the same code. Nobody was let in.`
      warn(
        'codes_differed',
        'The codes differed',
        text,
        'Try again while both computers are in one network that you trust, or use an invite.',
      )
    },
    /** A code was given that is not the one shown here; it may be a typing error. */
    wrongCode(peer: Named, mesh: string | null): void {
      audit.record({ action: 'join.codes_differ', ...by(self()), ...about(peer), outcome: 'refused', details: { mesh, how: 'typed' } })
    },

    /** Somebody who is not even asked about. */
    refused: (caller: NodeCaller, name: string, why: string) => onRefusal('join.refused', caller, name, why),

    invite(action: 'invite.created' | 'invite.revoked', row: InviteRow): void {
      const details = { invite: row.id, note: row.note, role: row.role, uses: row.uses, askMe: row.askMe, expiresAt: row.expiresAt }
      audit.record({ action, ...by(self()), ...about({ id: row.mesh, name: meshName(row.mesh) }), outcome: 'ok', details })
    },
    inviteUsed(row: InviteRow, node: Named): void {
      const details = { invite: row.id, note: row.note }
      audit.record({ action: 'invite.used', ...by(node), ...about({ id: row.mesh, name: meshName(row.mesh) }), outcome: 'ok', details })
    },
    inviteRefused: (caller: NodeCaller, name: string, why: string) => onRefusal('invite.refused', caller, name, why),

    /** This node has entered a mesh. */
    joined(mesh: Named, approver: Named, how: Proof): void {
      audit.record({ action: 'mesh.joined', ...by(approver), ...about(mesh), outcome: 'ok', details: { how } })
    },

    /** Takes back warnings that are a day old. */
    sweep(): void {
      for (const [code, at] of raised) {
        if (clock.monotonic() - at < warningFor) continue
        raised.delete(code)
        health.clear(code)
      }
    },
  }
}
