/** Why a node that is no member here is refused, with the proof it can check. */
import type { MeshId, NodeId } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { RemovalProof } from '../protocol/messages.ts'
import type { OwnMesh } from './own-mesh.ts'

/** `blocked`, `removed` with details as `removalProof`, or `not_member`. */
export function refusalOf(node: NodeId, meshes: readonly OwnMesh[], { isBlocked }: { isBlocked: boolean }): FcnError {
  if (isBlocked) return new FcnError('blocked', 'This node does not deal with your node.', { action: 'Talk to the person who owns it.' })
  const removals = meshes.flatMap((mesh) => removalFrom(mesh, node))
  const [first] = removals
  if (first) {
    const details: RemovalProof = { removals: removals.map(({ mesh, notices }) => ({ mesh, notices })) }
    return new FcnError('removed', `Your node was removed from ${first.name}.`, { action: 'Ask to join again.', details })
  }
  return new FcnError('not_member', 'Your node is not a member of a mesh of this node.', { action: 'Ask to join first.' })
}

function removalFrom({ id: mesh, name, judgement }: OwnMesh, node: NodeId): { mesh: MeshId; name: string; notices: string[] }[] {
  const standing = judgement.of(node)
  return standing?.state === 'removed' ? [{ mesh, name, notices: [standing.revocation.token] }] : []
}
