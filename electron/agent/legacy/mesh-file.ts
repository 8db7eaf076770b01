import type { MeshFile, MeshFileNode } from '../../contract/mesh-file.ts'

const maxNodes = 1000
const maxRoutes = 10_000

/** What this node knows first-hand, in the words of mesh.json. */
export interface MeshFileView {
  meshName: string | undefined
  nodes: MeshFileNode[]
}

/**
 * `base` with what `incoming` says: fields of `incoming` win, fields that only one has stay, known to this program or
 * not. Nodes are the same by id or, failing that, by URL; of two views of one node the one seen later wins. Merging a
 * file with itself changes nothing. Keys named `__proto__` are dropped.
 */
export function mergeMeshFiles(base: MeshFile, incoming: MeshFile): MeshFile {
  const routes = mergeRoutes(base.routes, incoming.routes)
  const policies = mergePolicies(base.policies, incoming.policies)
  return {
    ...mergeFields(base, incoming),
    nodes: mergeNodes(base.nodes, incoming.nodes),
    ...(routes === undefined ? {} : { routes }),
    ...(policies === undefined ? {} : { policies }),
  } as MeshFile
}

/** The file to hand out: what others wrote into it, with what this node knows itself on top. */
export function buildMeshFile(document: MeshFile, view: MeshFileView, now: number): MeshFile {
  const own: MeshFile = {
    meshName: document.meshName ?? view.meshName ?? 'Free Compute Mesh',
    meshVersion: document.meshVersion ?? '0.1.0',
    lastUpdated: new Date(now).toISOString(),
    nodes: view.nodes,
  }
  const merged = mergeMeshFiles(document, own)
  return { ...merged, routes: merged.routes ?? [], policies: merged.policies ?? {} }
}

function mergeNodes(base: MeshFileNode[], incoming: MeshFileNode[]): MeshFileNode[] {
  const nodes: MeshFileNode[] = []
  const byId = new Map<string, number>()
  const byUrl = new Map<string, number>()
  for (const node of [...base, ...incoming]) {
    const url = node.url === undefined ? undefined : node.url.replace(/\/+$/u, '')
    const place = byId.get(node.id) ?? (url === undefined ? undefined : byUrl.get(url))
    const known = place === undefined ? undefined : nodes[place]
    const at = place ?? nodes.length
    if (known === undefined && nodes.length >= maxNodes) continue
    nodes[at] = known === undefined ? cleanFields(node) : mergeNode(known, node)
    byId.set(node.id, at)
    if (url !== undefined && url !== '') byUrl.set(url, at)
  }
  return nodes
}

function mergeNode(known: MeshFileNode, incoming: MeshFileNode): MeshFileNode {
  const older = timeOf(incoming.lastSeen) < timeOf(known.lastSeen)
  const merged = older ? mergeFields(incoming, known) : mergeFields(known, incoming)
  return { ...merged, id: known.id } as MeshFileNode // the id it is known by stays, whoever was seen later
}

/** A node that does not say when it was seen is taken as news. */
const timeOf = (text: string | undefined) => {
  const time = Date.parse(text ?? '')
  return Number.isNaN(time) ? Infinity : time
}

type Fields = Record<string, unknown>

function mergeRoutes(base: Fields[] | undefined, incoming: Fields[] | undefined): Fields[] | undefined {
  if (base === undefined && incoming === undefined) return undefined
  const routes = new Map<string, Fields>()
  for (const route of [...(base ?? []), ...(incoming ?? [])]) {
    const key = JSON.stringify([route['source'], route['target']])
    routes.set(key, mergeFields(routes.get(key) ?? {}, route))
  }
  return [...routes.values()].slice(0, maxRoutes)
}

/** Policies are merged per capability: a file that only names one for storage leaves the others alone. */
function mergePolicies(base: Fields | undefined, incoming: Fields | undefined): Fields | undefined {
  if (base === undefined && incoming === undefined) return undefined
  const merged = mergeFields(base ?? {}, incoming ?? {})
  for (const [name, value] of Object.entries(base ?? {})) {
    const other = incoming !== undefined && Object.hasOwn(incoming, name) ? incoming[name] : undefined
    if (name !== '__proto__' && isFields(value) && isFields(other)) merged[name] = mergeFields(value, other)
  }
  return merged
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

function mergeFields(base: Fields, incoming: Fields): Fields {
  return { ...cleanFields(base), ...cleanFields(incoming) }
}

function cleanFields<T extends Fields>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([name, value]) => name !== '__proto__' && value !== undefined)) as T
}
