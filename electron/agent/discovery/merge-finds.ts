/** One view per node from all that is known of where it is. Pure. */
import type { DiscoveredView, FoundVia } from '../../contract/discovery.ts'
import type { AddressView } from '../../contract/snapshot.ts'
import type { NodeId } from '../components.ts'
import { protocolVersion } from '../protocol/messages.ts'
import { authority } from '../support/authority.ts'
import type { ScanFind } from './subnet-scan.ts'
import type { SeenNode } from './sightings.ts'

interface MergeComponents {
  isMember: (id: NodeId) => boolean
  /** What the address book knows: from join URLs, records, contacts. */
  addresses: (id: NodeId) => AddressView[]
  /** Label of an interface. */
  label: (name: string) => string | null
}

/** Contact is as frequent as probes; what people read need not change with each, ms. */
const minute = 60_000

type Way = DiscoveredView['found'][number]

export interface ScanFindAt extends ScanFind {
  at: number
}

export function mergeFinds(seen: readonly SeenNode[], scanned: readonly ScanFindAt[], components: MergeComponents): DiscoveredView[] {
  const views = new Map<string, DiscoveredView>()
  for (const node of seen) views.set(node.id, ofSighting(node, components))
  for (const find of scanned) {
    const id = find.node?.id ?? find.url
    const before = views.get(id)
    const way: Way = { via: 'scan', url: find.url, interface: find.interface, label: components.label(find.interface) }
    views.set(id, before ? withWay(before, way) : ofScan(find, way, components))
  }
  return [...views.values()].map((view) => withAddressBook(view, components))
}

function ofSighting({ id, name, meshes, isNew, protocols, places }: SeenNode, { isMember, label }: MergeComponents): DiscoveredView {
  const found = places.flatMap(({ addresses, port, interface: on }) =>
    addresses.map((address): Way => ({ via: 'lan', url: `http://${authority(address, port)}`, interface: on, label: label(on) })),
  )
  return {
    id,
    kind: 'node',
    name,
    relation: isMember(id) ? 'mine' : isNew ? 'new' : 'other',
    meshes,
    compatible: protocols.includes(protocolVersion),
    ...withoutDoubles(found),
    reached: null,
    since: Math.min(...places.map(({ since }) => since)),
  }
}

function ofScan({ node, url, at, address }: ScanFindAt, way: Way, { isMember }: MergeComponents): DiscoveredView {
  return {
    id: node?.id ?? url,
    kind: node === null ? 'legacy' : 'node',
    name: node?.name ?? address,
    relation: node !== null && isMember(node.id) ? 'mine' : 'other',
    meshes: [],
    urls: [url],
    compatible: true,
    found: [way],
    reached: { url, at },
    since: at,
  }
}

/** Adds what contact has shown of the node: it is the proof that a sighting is not. */
function withAddressBook(view: DiscoveredView, { addresses }: MergeComponents): DiscoveredView {
  const known = addresses(view.id)
  const ways = known
    .filter(({ foundVia }) => foundVia !== 'lan')
    .map(({ url, foundVia }): Way => ({ via: foundVia satisfies FoundVia, url, interface: null, label: null }))
  const last = known.filter(({ lastOk }) => lastOk !== null).toSorted((a, b) => (b.lastOk ?? 0) - (a.lastOk ?? 0))[0]
  const reached =
    last?.lastOk === undefined || last.lastOk === null ? view.reached : { url: last.url, at: last.lastOk - (last.lastOk % minute) }
  return { ...view, found: [...view.found, ...ways], reached }
}

const withWay = (view: DiscoveredView, way: Way): DiscoveredView => ({ ...view, ...withoutDoubles([...view.found, way]) })

/** An IPv4 address first: people recognise it. */
function withoutDoubles(ways: readonly Way[]): Pick<DiscoveredView, 'found' | 'urls'> {
  const found = [...new Map(ways.map((way) => [`${way.via} ${way.url}`, way])).values()]
  const urls = [...new Set(found.map(({ url }) => url))]
  return { found, urls: urls.toSorted((a, b) => Number(a.includes('[')) - Number(b.includes('['))) }
}
