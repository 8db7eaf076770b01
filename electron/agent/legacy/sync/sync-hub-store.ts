import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { syncEvery, syncHubView } from '../../../contract/hub-sync.ts'

const json = z.string().transform((text): unknown => JSON.parse(text))

const hubRow = z
  .object({
    id: z.string(),
    url: z.string(),
    token: z.string(),
    every: syncEvery,
    added_at: z.number(),
    last_try_at: z.number().nullable(),
    last_ok: json.pipe(syncHubView.shape.lastOk.unwrap()).nullable(),
    problem: json.pipe(syncHubView.shape.problem.unwrap()).nullable(),
    failures: z.number(),
    failing_since: z.number().nullable(),
  })
  .transform(({ added_at, last_try_at, last_ok, failing_since, ...same }) => ({
    ...same,
    addedAt: added_at,
    lastTryAt: last_try_at,
    lastOk: last_ok,
    failingSince: failing_since,
  }))
/** A hub as it is kept. `url` is canonical; the token never leaves this node but in a request to it. */
export type SyncHubRecord = z.infer<typeof hubRow>

export interface SyncHubStore {
  all(): SyncHubRecord[]
  save(record: SyncHubRecord): void
  remove(id: string): void
}

export function createSyncHubStore(database: DatabaseSync): SyncHubStore {
  const select = database.prepare('SELECT * FROM sync_hubs ORDER BY added_at, id')
  const upsert = database.prepare('INSERT OR REPLACE INTO sync_hubs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const drop = database.prepare('DELETE FROM sync_hubs WHERE id = ?')
  const text = (value: unknown) => (value === null ? null : JSON.stringify(value))
  return {
    all: () => select.all().map((row) => hubRow.parse(row)),
    save({ id, url, token, every, addedAt, lastTryAt, lastOk, problem, failures, failingSince }) {
      upsert.run(id, url, token, every, addedAt, lastTryAt, text(lastOk), text(problem), failures, failingSince)
    },
    remove: (id) => void drop.run(id),
  }
}
