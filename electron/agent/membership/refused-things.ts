/**
 * What members may not use of each other, mesh by mesh: what this node has told each peer, and what each has told it. A
 * convenience of the asking side only: whether a request may pass is decided for every request where it is served.
 */
import type { MeshId, NodeId, RefusedTo } from '../components.ts'
import { maxRefused, type PeerNote } from '../protocol/messages.ts'
import type { OwnMesh } from './own-mesh.ts'

type Refused = NonNullable<PeerNote['refused']>

interface Components {
  refusedTo: RefusedTo
  /** Meshes this node shares with a peer. */
  shared: (node: NodeId) => OwnMesh[]
}

export function createRefusedThings({ refusedTo, shared }: Components) {
  /** As it was told last, as text. */
  const told = new Map<NodeId, string>()
  const heard = new Map<NodeId, Refused>()

  /** Meshes in which nothing is refused are left out, and what is more than anybody takes: the peer asks for it in vain. */
  function refusedNow(node: NodeId): Refused {
    let room = maxRefused
    return shared(node).flatMap((mesh) => {
      const standing = mesh.judgement.of(node)
      if (standing?.state !== 'member' || room === 0) return []
      const resources = refusedTo({ node, role: standing.role, mesh: mesh.id }).slice(0, room)
      room -= resources.length
      return resources.length === 0 ? [] : [{ mesh: mesh.id, resources: [...resources] }]
    })
  }

  return {
    /** What is to be told to the node, which counts as told. */
    telling(node: NodeId): Refused {
      const refused = refusedNow(node)
      told.set(node, JSON.stringify(refused))
      return refused
    },
    /** Those who know something that is not so any more, among the nodes and all who were refused something. */
    misled(nodes: readonly NodeId[]): NodeId[] {
      const refused = [...told].flatMap(([node, text]) => (text === '[]' ? [] : [node]))
      return [...new Set([...nodes, ...refused])].filter((node) => JSON.stringify(refusedNow(node)) !== (told.get(node) ?? '[]'))
    },
    /** A peer says what it refuses to this node. Returns whether that is something new. */
    take(from: NodeId, refused: Refused): boolean {
      const meshes = new Set(shared(from).map(({ id }) => id))
      const known = refused.filter(({ mesh }) => meshes.has(mesh))
      const isNew = JSON.stringify(heard.get(from) ?? []) !== JSON.stringify(known)
      if (known.length === 0) heard.delete(from)
      else heard.set(from, known)
      return isNew
    },
    /** What the node does not let this one use in that mesh; empty when it has said nothing. */
    by: (node: NodeId, mesh: MeshId): string[] => heard.get(node)?.flatMap((said) => (said.mesh === mesh ? said.resources : [])) ?? [],
    forget(node: NodeId): void {
      told.delete(node)
      heard.delete(node)
    },
  }
}
