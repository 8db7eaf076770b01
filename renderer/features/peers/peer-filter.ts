import type { PeerView, RequestView } from '../../../electron/contract/snapshot.ts'
import { type PeerStanding, standingOf } from '../../store/peer-standing.ts'

/** A row of the list: a peer, or somebody who asks to become one. */
export type Row = { kind: 'peer'; id: string; peer: PeerView } | { kind: 'request'; id: string; request: RequestView }

/** `relayed` is part of `online`; of the others each row is in one. */
export const filters = ['all', 'online', 'relayed', 'checking', 'waiting', 'offline', 'legacy', 'removed'] as const
export type Filter = (typeof filters)[number]

const order: Record<PeerStanding | 'waiting', number> = {
  online: 0,
  checking: 1,
  waiting: 2,
  problem: 3,
  offline: 4,
  legacy: 5,
  left: 6,
  removed: 7,
}
const standing = (row: Row) => (row.kind === 'request' ? 'waiting' : row.peer.kind === 'legacy' ? 'legacy' : standingOf(row.peer))
const nameOf = (row: Row) => (row.kind === 'request' ? row.request.node.name : row.peer.name)

/** Peers and requests in the order they are shown: those that answer first, then by name. */
export function rowsOf(peers: Record<string, PeerView>, requests: Record<string, RequestView>): Row[] {
  const rows: Row[] = [
    ...Object.values(peers).map((peer): Row => ({ kind: 'peer', id: peer.id, peer })),
    ...Object.values(requests).map((request): Row => ({ kind: 'request', id: `request ${request.id}`, request })),
  ]
  return rows.toSorted((a, b) => order[standing(a)] - order[standing(b)] || nameOf(a).localeCompare(nameOf(b)) || (a.id < b.id ? -1 : 1))
}

/** Whether a row belongs to a filter; what cannot be reached, for whatever reason, counts as offline. */
export function fitsFilter(row: Row, filter: Filter): boolean {
  if (filter === 'all') return true
  if (filter === 'relayed') return row.kind === 'peer' && row.peer.path?.kind === 'relayed'
  const is = standing(row)
  if (filter === 'offline') return is === 'offline' || is === 'problem' || is === 'left'
  return is === filter
}

/** Whether every word of `search` is somewhere in the row: name, system, address, id, hubs, what it offers. */
export function fitsSearch(row: Row, search: string): boolean {
  const text = (row.kind === 'request' ? textOfRequest(row.request) : textOfPeer(row.peer)).toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

const textOfRequest = ({ node, address, os, mesh }: RequestView) => [node.name, node.id, address, os ?? '', mesh.name].join(' ')
const textOfPeer = ({ name, id, os, addresses, capabilities, services, via }: PeerView) =>
  [
    name,
    id,
    os ?? '',
    ...addresses.map(({ url }) => url),
    ...via.map(({ name }) => name),
    ...capabilities.map(({ name }) => name),
    ...services.map(({ name }) => name),
  ].join(' ')

export const countsOf = (rows: readonly Row[]): Record<Filter, number> =>
  Object.fromEntries(filters.map((filter) => [filter, rows.filter((row) => fitsFilter(row, filter)).length])) as Record<Filter, number>
