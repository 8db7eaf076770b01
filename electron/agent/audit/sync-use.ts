import type { AuditLog, SyncUse } from '../components.ts'
import type { LineSums } from './line-sums.ts'

/**
 * `mesh.synced`: who has exchanged its mesh.json with this node. A sync that brought nodes gets a line of its own; there can
 * be only so many, for so many nodes are kept. The others are summed: whoever has a token must not be able to fill the log.
 */
export function createSyncUse({ sums, audit }: { sums: Pick<LineSums, 'add'>; audit: Pick<AuditLog, 'record'> }): SyncUse {
  return {
    synced({ address }, token, { added, updated, skipped }) {
      const line = { action: 'mesh.synced', actor: token?.name ?? 'Router API key', actorId: token?.id ?? null, outcome: 'ok' } as const
      if (added > 0) audit.record({ ...line, details: { address, added, updated, skipped } })
      else sums.add({ ...line, details: { address } })
    },
  }
}
