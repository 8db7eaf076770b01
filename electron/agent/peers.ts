import type { PeerPath } from '../contract/relay.ts'
import type { AddressView, PeerState, PeerView } from '../contract/snapshot.ts'
import type { Member, Membership, NodeId, Transport } from './components.ts'
import { hubOf } from './protocol/relay-url.ts'

type Ways = Pick<Transport, 'addresses' | 'path'>
type NameOf = Membership['nameOf']

/** When a node is in several of our meshes the best state counts: one contact proves it for all. */
const stateOrder: readonly PeerState[] = ['online', 'suspect', 'offline', 'left', 'removed']

/** One row per node out of its memberships and what transport knows of the way to it. */
export function nodePeers(members: readonly Member[], transport: Ways, nameOf: NameOf): PeerView[] {
  const byNode = Map.groupBy(members, (member) => member.nodeId)
  return [...byNode].map(([id, memberships]) => peerView(id, memberships, { transport, nameOf }))
}

function peerView(id: string, all: Member[], { transport, nameOf }: { transport: Ways; nameOf: NameOf }): PeerView {
  // a mesh it was removed from counts only when there is no other
  const inside = all.filter(({ state }) => state !== 'removed')
  const memberships = inside.length > 0 ? inside : all
  const best = memberships.toSorted((a, b) => stateOrder.indexOf(a.state) - stateOrder.indexOf(b.state))[0] as Member
  const addresses = transport.addresses(id)
  const path = best.state === 'online' ? transport.path(id) : null
  const named = (node: NodeId) => ({ id: node, name: nameOf(node) ?? node })
  return {
    id,
    kind: 'node',
    name: best.name,
    meshes: memberships.map((member) => member.meshId),
    role: memberships.some(({ role }) => role === 'admin') ? 'admin' : 'member',
    roles: Object.fromEntries(memberships.map(({ meshId, role }) => [meshId, role])),
    admittedBy: Object.fromEntries(memberships.map(({ meshId, admittedBy }) => [meshId, admittedBy])),
    introducedBy: Object.fromEntries(memberships.map(({ meshId, introducedBy }) => [meshId, introducedBy])),
    hubOf: memberships.filter(({ hub }) => hub).map(({ meshId }) => meshId),
    via: [...new Set(memberships.flatMap(({ via }) => via))].map(named),
    removed: best.removed,
    state: best.state,
    path: path && pathView(path, { addresses, named }),
    addresses,
    capabilities: best.capabilities,
    services: best.services,
    resources: best.resources,
    lastSeen: coarse(best),
    version: best.version,
    os: best.os,
    metered: best.metered ?? false,
    refused: refusedEverywhere(memberships),
    problem: best.state === 'online' ? null : latestProblem(addresses),
    openToAnyone: false,
  }
}

function pathView(
  { url, latencyMs: exact, hub }: NonNullable<ReturnType<Ways['path']>>,
  { addresses, named }: { addresses: readonly AddressView[]; named: (node: NodeId) => { id: string; name: string } },
): PeerPath {
  const latencyMs = roundLatency(exact)
  if (hub === undefined) return { kind: 'direct', url, latencyMs }
  return {
    kind: 'relayed',
    url,
    hub: named(hub),
    latencyMs,
    whyNotDirect: latestProblem(addresses.filter((each) => hubOf(each.url) === null)),
  }
}

/** What may be used through one mesh may be used. */
const refusedEverywhere = ([first, ...others]: readonly Member[]): string[] =>
  first?.refused.filter((resource) => others.every(({ refused }) => refused.includes(resource))) ?? []

/** Latency in steps people care about, so that a quiet mesh sends no patches: 0.1 ms below 1, whole ms below 20, then tens. */
function roundLatency(ms: number | null): number | null {
  if (ms === null) return null
  if (ms < 1) return Math.max(0.1, Math.round(ms * 10) / 10)
  return ms < 20 ? Math.round(ms) : Math.round(ms / 10) * 10
}

/** While a peer is online "last seen" is now; it is given to the minute so that it does not change with every probe. */
const coarse = ({ state, lastSeen }: Member) =>
  state === 'online' && lastSeen !== null ? Math.floor(lastSeen / 60_000) * 60_000 : lastSeen

function latestProblem(addresses: readonly AddressView[]): PeerView['problem'] {
  const errors = addresses.flatMap((address) => (address.lastError ? [address.lastError] : []))
  const latest = errors.toSorted((a, b) => b.at - a.at)[0]
  if (!latest) return null
  const { at: _at, ...problem } = latest
  return problem
}
