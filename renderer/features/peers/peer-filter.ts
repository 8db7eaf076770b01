import type { JoinView, PeerView, RequestView } from '../../../electron/contract/snapshot.ts'
import { type PeerStanding, standingOf } from '../../store/peer-standing.ts'

/** A row of the list: a peer, somebody who asks to become one, or a join of this node that waits or has failed. */
export type Row =
  | { kind: 'peer'; id: string; peer: PeerView }
  | { kind: 'request'; id: string; request: RequestView }
  | { kind: 'join'; id: string; join: JoinView }

/** Whom a join asks, as far as it is known. */
export const approverOf = ({ approver, url }: JoinView): string => approver?.name ?? url

/** Whom a row is about. */
export function nameOf(row: Row): string {
  switch (row.kind) {
    case 'peer':
      return row.peer.name
    case 'request':
      return row.request.node.name
    case 'join':
      return approverOf(row.join)
  }
}

/** `relayed` is part of `online`; of the others each row is in one. */
export const filters = ['all', 'online', 'relayed', 'checking', 'waiting', 'offline', 'legacy', 'removed'] as const
export type Filter = (typeof filters)[number]

export const standingOfRow = (row: Row): PeerStanding | 'waiting' =>
  row.kind !== 'peer' ? 'waiting' : row.peer.kind === 'legacy' ? 'legacy' : standingOf(row.peer)

/** What the list shows of the state. */
export interface Listed {
  peers: Record<string, PeerView>
  requests: Record<string, RequestView>
  joins: Record<string, JoinView>
}

/** Whether there is nothing to list. */
export const isEmpty = ({ peers, requests, joins }: Listed): boolean =>
  Object.keys(peers).length + Object.keys(requests).length === 0 && !Object.values(joins).some(isOpen)

/** Who was joined is there as a peer. */
const isOpen = ({ state }: JoinView) => state !== 'joined'

/** Peers, requests and this node's own joins as rows, in no order. */
export const rowsOf = ({ peers, requests, joins }: Listed): Row[] => [
  ...Object.values(peers).map((peer): Row => ({ kind: 'peer', id: peer.id, peer })),
  ...Object.values(requests).map((request): Row => ({ kind: 'request', id: `request ${request.id}`, request })),
  ...Object.values(joins)
    .filter(isOpen)
    .map((join): Row => ({ kind: 'join', id: `join ${join.id}`, join })),
]

/** Whether a row belongs to a mesh; legacy peers are in none and belong to each, because they can be used from each. */
export const fitsMesh = (row: Row, mesh: string | null): boolean =>
  mesh === null || meshesOf(row).includes(mesh) || (row.kind === 'peer' && row.peer.kind === 'legacy')

function meshesOf(row: Row): readonly string[] {
  switch (row.kind) {
    case 'peer':
      return row.peer.meshes
    case 'request':
      return [row.request.mesh.id]
    case 'join':
      return row.join.mesh === null ? [] : [row.join.mesh.id]
  }
}

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
    const text = textOf(row).toLowerCase()
    return words.every((word) => text.includes(word))
  }
}

function textOf(row: Row): string {
  switch (row.kind) {
    case 'peer':
      return textOfPeer(row.peer)
    case 'request':
      return textOfRequest(row.request)
    case 'join':
      return [approverOf(row.join), row.join.url, row.join.mesh?.name ?? ''].join(' ')
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
