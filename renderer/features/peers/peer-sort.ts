import type { PeerStanding } from '../../store/peer-standing.ts'
import { nameOf, type Row, standingOfRow } from './peer-filter.ts'

/** `state`: those that answer first · `latency`: the nearest first · `seen`: those seen last first. By name where that is equal. */
export const sorts = ['state', 'name', 'latency', 'seen'] as const
export type Sort = (typeof sorts)[number]
export const isSort = (text: unknown): text is Sort => sorts.some((sort) => sort === text)

const places: Record<PeerStanding | 'waiting', number> = {
  online: 0,
  checking: 1,
  waiting: 2,
  problem: 3,
  offline: 4,
  legacy: 5,
  left: 6,
  removed: 7,
}

/** What rows are ranked by, the smallest first. */
const ranks: Record<Sort, (row: Row) => number> = {
  state: (row) => places[standingOfRow(row)],
  name: () => 0,
  latency: (row) => (row.kind === 'peer' && row.peer.state === 'online' ? (row.peer.path?.latencyMs ?? Infinity) : Infinity),
  // whoever answers is seen now: when exactly it did changes all the time and ranks nobody
  seen: (row) => (row.kind === 'peer' && row.peer.state === 'online' ? -Infinity : -seenAt(row)),
}

function seenAt(row: Row): number {
  switch (row.kind) {
    case 'peer':
      return row.peer.lastSeen ?? 0
    case 'request':
      return row.request.createdAt
    case 'join':
      return row.join.createdAt
  }
}

/** "pi-2" before "pi-10". */
const names = new Intl.Collator(undefined, { numeric: true })

/** The rows in their order. */
export function sorted(rows: readonly Row[], sort: Sort): Row[] {
  const ranked = rows.map((row) => ({ row, rank: ranks[sort](row), name: nameOf(row) }))
  ranked.sort((a, b) => difference(a.rank, b.rank) || names.compare(a.name, b.name) || (a.row.id < b.row.id ? -1 : 1))
  return ranked.map(({ row }) => row)
}

const difference = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1)
