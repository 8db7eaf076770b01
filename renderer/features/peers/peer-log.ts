import type { AuditEntry } from '../../../electron/contract/audit.ts'
import type { CallInput } from '../../../electron/contract/calls.ts'
import type { Bridge } from '../../bridge/bridge.ts'

/** What the audit log of this computer says about one peer. */
export interface PeerLog {
  /** The newest entries, newest first. */
  recent: AuditEntry[]
  /** When it last used something of this computer. */
  lastUse: AuditEntry | null
  /** How its key was proved to be its own. */
  verified: Verification | null
}

/** Entries that are shown. */
const shown = 3

/** Actions that let a node in after its key was proved. */
const admissions = ['member.approved', 'member.readmitted', 'mesh.joined'] as const
const uses = ['capability.used', 'service.used'] as const

/** How a key was proved: the codes were compared, an invite named it, or it was known beforehand. */
export interface Verification {
  how: 'code' | 'invite' | 'known'
  at: number
}

/** Asks the log for it. Rejects as calls do. */
export async function readPeerLog(call: Bridge['call'], peer: string): Promise<PeerLog> {
  const newest = (query: CallInput<'audit.list'>) => call('audit.list', { peer, ...query })
  const [recent, ...found] = await Promise.all([
    newest({ limit: shown }),
    ...[...uses, ...admissions].map((action) => newest({ action, limit: 1 })),
  ])
  return logOf(recent, found.flat(), peer)
}

/** What the entries say, whatever else is among them. */
export function logOf(recent: readonly AuditEntry[], found: readonly AuditEntry[], peer: string): PeerLog {
  const byAge = found.toSorted((a, b) => b.seq - a.seq)
  const verified = byAge
    .filter(isAdmission)
    .map(verificationOf)
    .find((one) => one !== null)
  return {
    recent: recent.slice(0, shown),
    lastUse: byAge.find(({ action, actorId }) => actorId === peer && uses.some((use) => use === action)) ?? null,
    verified: verified ?? null,
  }
}

const isAdmission = ({ action, outcome }: AuditEntry) => outcome === 'ok' && admissions.some((admission) => admission === action)

function verificationOf({ at, details: { how } }: AuditEntry): Verification | null {
  if (how === 'code' || how === 'invite') return { how, at }
  return how === 'pinned' || how === 'key' || how === 'id' ? { how: 'known', at } : null
}
