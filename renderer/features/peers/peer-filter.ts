import type { PeerView, RequestView } from '../../../electron/contract/snapshot.ts'
import { type PeerStanding, standingOf } from '../../store/peer-standing.ts'

/** A row of the list: a peer, or somebody who asks to become one. */
export type Row = { kind: 'peer'; id: string; peer: PeerView } | { kind: 'request'; id: string; request: RequestView }

/** `relayed` is part of `online`; of the others each row is in one. */
export const filters = ['all', 'online', 'relayed', 'checking', 'waiting', 'offline', 'legacy', 'removed'] as const
export type Filter = (typeof filters)[number]

export const standingOfRow = (row: Row): PeerStanding | 'waiting' =>
  row.kind === 'request' ? 'waiting' : row.peer.kind === 'legacy' ? 'legacy' : standingOf(row.peer)

/** Peers and requests as rows, in no order. */
export const rowsOf = (peers: Record<string, PeerView>, requests: Record<string, RequestView>): Row[] => [
  ...Object.values(peers).map((peer): Row => ({ kind: 'peer', id: peer.id, peer })),
  ...Object.values(requests).map((request): Row => ({ kind: 'request', id: `request ${request.id}`, request })),
]

/** Whether a row belongs to a mesh; legacy peers are in none and belong to each, because they can be used from each. */
export const fitsMesh = (row: Row, mesh: string | null): boolean =>
  mesh === null || (row.kind === 'request' ? row.request.mesh.id === mesh : row.peer.kind === 'legacy' || row.peer.meshes.includes(mesh))

/** Whether a row belongs to a filter; what cannot be reached, for whatever reason, counts as offline. */
export const fitsFilter = (row: Row, filter: Filter): boolean =>
  filter === 'all' || (filter === 'relayed' ? isRelayed(row) : filterOf(row) === filter)

const isRelayed = (row: Row) => row.kind === 'peer' && row.peer.path?.kind === 'relayed'

function filterOf(row: Row): Exclude<Filter, 'all' | 'relayed'> {
  const is = standingOfRow(row)
  return is === 'problem' || is === 'left' ? 'offline' : is
}

/** The test of a search: whether every word of it is somewhere in the row: name, system, address, id, hubs, what it offers. */
export function searchFor(search: string): (row: Row) => boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return () => true
  return (row) => {
    const text = (row.kind === 'request' ? textOfRequest(row.request) : textOfPeer(row.peer)).toLowerCase()
    return words.every((word) => text.includes(word))
  }
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

export function countsOf(rows: readonly Row[]): Record<Filter, number> {
  const counts = Object.fromEntries(filters.map((filter) => [filter, 0])) as Record<Filter, number>
  for (const row of rows) {
    counts.all++
    counts[filterOf(row)]++
    if (isRelayed(row)) counts.relayed++
  }
  return counts
}
