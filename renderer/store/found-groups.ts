import type { DiscoveredView } from '../../electron/contract/discovery.ts'

/** What a person can do about a node that was found. */
export type Standing = 'joinable' | 'new' | 'legacy' | 'mine' | 'incompatible'

export interface FoundGroup {
  /** Name of a mesh as its nodes tell it; null for the other groups. */
  mesh: string | null
  kind: 'mesh' | 'unnamed' | 'new' | 'legacy' | 'mine'
  nodes: DiscoveredView[]
}

export function standingOf({ kind, relation, compatible }: DiscoveredView): Standing {
  if (kind === 'legacy') return 'legacy'
  if (relation === 'mine') return 'mine'
  if (!compatible) return 'incompatible'
  return relation === 'new' ? 'new' : 'joinable'
}

const order = ['mesh', 'unnamed', 'new', 'legacy', 'mine'] as const

/** Meshes by name, then those that keep theirs to themselves, then who is in none, old nodes, and our own. In the order they were seen. */
export function inOrder(nodes: readonly DiscoveredView[]): DiscoveredView[] {
  const seen = nodes.toSorted((a, b) => a.since - b.since || a.id.localeCompare(b.id))
  const meshes = [...new Set(seen.map((node) => placeOf(node).mesh))]
  const rank = (node: DiscoveredView) => {
    const { kind, mesh } = placeOf(node)
    return order.indexOf(kind) * (meshes.length + 1) + meshes.indexOf(mesh)
  }
  return seen.toSorted((a, b) => rank(a) - rank(b))
}

/** Neighbours that belong together, in the order given: where it stands still, a group may come twice. */
export function groupsOf(nodes: readonly DiscoveredView[]): FoundGroup[] {
  const groups: FoundGroup[] = []
  for (const node of nodes) {
    const { kind, mesh } = placeOf(node)
    const last = groups.at(-1)
    if (last?.kind === kind && last.mesh === mesh) last.nodes.push(node)
    else groups.push({ kind, mesh, nodes: [node] })
  }
  return groups
}

function placeOf(node: DiscoveredView): Pick<FoundGroup, 'kind' | 'mesh'> {
  const standing = standingOf(node)
  if (standing === 'legacy' || standing === 'mine' || standing === 'new') return { kind: standing, mesh: null }
  const mesh = node.meshes[0] ?? null
  return { kind: mesh === null ? 'unnamed' : 'mesh', mesh }
}
