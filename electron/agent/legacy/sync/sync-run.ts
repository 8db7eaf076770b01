import type { CallOutput } from '../../../contract/calls.ts'
import type { MeshFiles } from '../../components.ts'
import { type FcnError, toFcnError } from '../../errors.ts'
import type { Clock } from '../../support/clock.ts'
import type { Logger } from '../../support/logger.ts'
import type { SyncClient } from './sync-client.ts'
import type { SyncHubRecord } from './sync-hub-store.ts'

interface SyncRunComponents {
  client: SyncClient
  meshFiles: MeshFiles
  clock: Clock
  log: Logger
}

/** How one sync went: what becomes of the record of the hub, and until when it wants to be left alone (ms since 1970; 0: it does not). */
export interface SyncOutcome {
  after: (hub: SyncHubRecord) => SyncHubRecord
  pausedUntil: number
}

/** One sync with a hub. Never rejects; null when it was aborted: the hub was removed or this node stops, and nothing is known of it. */
export async function syncOnce(
  { client, meshFiles, clock, log }: SyncRunComponents,
  { url, token }: SyncHubRecord,
  signal: AbortSignal,
): Promise<SyncOutcome | null> {
  try {
    const answer = await client.exchange({ url, token, signal }, meshFiles.export(null))
    if (signal.aborted) return null
    const imported = await meshFiles.import(answer, { policies: false }) // a hub decides nothing for the mesh
    const { added, updated, skipped } = imported
    log.info({ hub: url, added, updated, skipped: skipped.length }, 'Synced to a hub.')
    const now = clock.now()
    return { after: (hub) => afterSync(hub, imported, now), pausedUntil: 0 }
  } catch (thrown) {
    if (signal.aborted) return null
    const error = toFcnError(thrown)
    if (error.code === 'internal') log.error({ err: thrown, hub: url }, 'Syncing to a hub failed inside.')
    else log.info({ hub: url, code: error.code }, 'Syncing to a hub failed.')
    const now = clock.now()
    const pause = error.code === 'too_many' ? error.details?.['retryAfter'] : undefined
    return { after: (hub) => afterFailure(hub, error, now), pausedUntil: typeof pause === 'number' ? now + pause * 1000 : 0 }
  }
}

type Imported = Pick<CallOutput<'mesh.import'>, 'added' | 'updated' | 'skipped'>

function afterSync(hub: SyncHubRecord, { added, updated, skipped }: Imported, now: number): SyncHubRecord {
  const lastOk = { at: now, added, updated, skipped: skipped.length }
  return { ...hub, lastTryAt: now, lastOk, problem: null, failures: 0, failingSince: null }
}

/** That the hub wants a pause is no failure of it. */
function afterFailure(hub: SyncHubRecord, error: FcnError, now: number): SyncHubRecord {
  const failed = { ...hub, lastTryAt: now, problem: { ...error.toFailure(), at: now } }
  if (error.code === 'too_many') return failed
  return { ...failed, failures: hub.failures + 1, failingSince: hub.failingSince ?? now }
}
