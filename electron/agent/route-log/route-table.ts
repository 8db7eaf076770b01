import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { z } from 'zod'
import { type RouteQuery, routeView, type RouteView } from '../../contract/routing.ts'
import { transaction } from '../support/transaction.ts'
import { conditionsOf } from './route-match.ts'

export const routesSchema = `
CREATE TABLE routes (
  seq INTEGER PRIMARY KEY, request_id TEXT NOT NULL, at INTEGER NOT NULL, from_id TEXT, from_name TEXT, kind TEXT NOT NULL,
  what TEXT NOT NULL, mesh TEXT, method TEXT NOT NULL, sent_id TEXT, sent_name TEXT, ran_id TEXT, ran_name TEXT, path TEXT,
  retries INTEGER NOT NULL, status INTEGER, bytes_in INTEGER NOT NULL, bytes_out INTEGER NOT NULL, duration REAL NOT NULL,
  result TEXT NOT NULL, code TEXT
) STRICT;
CREATE TABLE route_runs (run INTEGER NOT NULL) STRICT;
INSERT INTO route_runs VALUES (0);`

/** An entry with its place in the order of arrival. */
export interface Numbered {
  seq: number
  view: RouteView
}

/** Requests that have ended, in SQLite. All functions throw what SQLite throws. */
export interface RouteTable {
  /** A number that no run of this node had before. */
  nextRun(): number
  /** All of them or none. A power cut may take the last ones away again: they are not worth a wait for the disk. */
  append(entries: readonly Numbered[]): void
  /** Newest first, only those with a smaller number than `below`. */
  select(filter: Omit<RouteQuery, 'before' | 'limit'>, below: number, limit: number): Numbered[]
  /** Removes what is older than `time`, then the oldest until there are `most`. */
  prune(limits: { time: number; most: number }): void
  count(): number
}

const columns = [
  ...['seq', 'request_id', 'at', 'from_id', 'from_name', 'kind', 'what', 'mesh', 'method', 'sent_id', 'sent_name'],
  ...['ran_id', 'ran_name', 'path', 'retries', 'status', 'bytes_in', 'bytes_out', 'duration', 'result', 'code'],
]

export function createRouteTable(database: DatabaseSync, { idOf }: { idOf: (seq: number) => string }): RouteTable {
  const insert = database.prepare(`INSERT INTO routes (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
  const counted = database.prepare('SELECT count(*) AS count FROM routes')
  const removeOld = database.prepare('DELETE FROM routes WHERE seq <= (SELECT max(seq) FROM routes WHERE at < ?)')
  const removeOldest = database.prepare('DELETE FROM routes WHERE seq IN (SELECT seq FROM routes ORDER BY seq LIMIT ?)')
  const run = database.prepare('UPDATE route_runs SET run = run + 1 RETURNING run')
  const count = () => (counted.get() as { count: number }).count

  return {
    count,
    nextRun: () => (run.get() as { run: number }).run,
    append(entries) {
      unhurried(database, () => {
        for (const entry of entries) insert.run(...valuesOf(entry))
      })
    },
    select(filter, below, limit) {
      const conditions = [{ sql: 'seq < ?', values: [below] as SQLInputValue[] }, ...conditionsOf(filter)]
      const sql = `SELECT * FROM routes WHERE ${conditions.map((condition) => condition.sql).join(' AND ')} ORDER BY seq DESC LIMIT ?`
      const rows = database.prepare(sql).all(...conditions.flatMap(({ values }) => values), limit)
      return rows.flatMap((row) => entryOf(row, idOf) ?? [])
    },
    prune({ time, most }) {
      unhurried(database, () => {
        removeOld.run(time)
        const excess = count() - most
        if (excess > 0) removeOldest.run(excess)
      })
    },
  }
}

/** One transaction that does not wait until it is on the disk; the next one of somebody else does, and takes it along. */
function unhurried(database: DatabaseSync, task: () => void): void {
  if (database.isTransaction) {
    transaction(database, task) // somebody else's: it is theirs to say when it is on the disk
    return
  }
  database.exec('PRAGMA synchronous = NORMAL')
  try {
    transaction(database, task)
  } finally {
    database.exec('PRAGMA synchronous = FULL')
  }
}

function valuesOf({ seq, view }: Numbered): SQLInputValue[] {
  const { requestId, at, from, kind, what, mesh, method, sentTo, ranOn, path, retries, status, bytesIn, bytesOut } = view
  return [
    ...[seq, requestId, at, from?.id ?? null, from?.name ?? null, kind, what, mesh, method, sentTo?.id ?? null, sentTo?.name ?? null],
    ...[ranOn?.id ?? null, ranOn?.name ?? null, path, retries, status, bytesIn, bytesOut, view.duration ?? 0, view.result, view.code],
  ]
}

const text = z.string().nullable()
const row = z.object({
  ...{ seq: z.number().int(), request_id: z.string(), at: z.number(), from_id: text, from_name: text },
  ...{ sent_id: text, sent_name: text, ran_id: text, ran_name: text, bytes_in: z.number(), bytes_out: z.number() },
  ...routeView.pick({ kind: true, what: true, mesh: true, method: true, path: true, retries: true }).shape,
  ...routeView.pick({ status: true, duration: true, result: true, code: true }).shape,
})

/** Null for a row that this version does not understand: it must not hide the others. */
function entryOf(found: unknown, idOf: (seq: number) => string): Numbered | null {
  const { success, data } = row.safeParse(found)
  if (!success) return null
  const {
    seq,
    request_id: requestId,
    bytes_in: bytesIn,
    bytes_out: bytesOut,
    from_id,
    from_name,
    sent_id,
    sent_name,
    ran_id,
    ran_name,
    ...rest
  } = data
  const nodes = { from: someone(from_id, from_name), sentTo: someone(sent_id, sent_name), ranOn: someone(ran_id, ran_name) }
  return { seq, view: { id: idOf(seq), requestId, bytesIn, bytesOut, ...nodes, ...rest } }
}

const someone = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? id })
