import type { DiscoveredView } from '../../../electron/contract/discovery.ts'

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
export function foundGroups(nodes: readonly DiscoveredView[]): FoundGroup[] {
  const groups = new Map<string, FoundGroup>()
  for (const node of nodes.toSorted((a, b) => a.since - b.since || a.id.localeCompare(b.id))) {
    const standing = standingOf(node)
    const kind = standing === 'legacy' || standing === 'mine' || standing === 'new' ? standing : node.meshes.length > 0 ? 'mesh' : 'unnamed'
    const mesh = kind === 'mesh' ? (node.meshes[0] ?? null) : null
    const key = `${kind} ${mesh ?? ''}`
    const group = groups.get(key) ?? { mesh, kind, nodes: [] }
    group.nodes.push(node)
    groups.set(key, group)
  }
  return [...groups.values()].toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
}
