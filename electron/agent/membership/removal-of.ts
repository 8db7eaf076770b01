import type { RequestView } from '../../contract/snapshot.ts'
import type { MeshId, NodeId } from '../components.ts'

/** How a node was removed from a mesh, when it was. */
export type RemovalOf = (mesh: MeshId, node: NodeId) => RequestView['removedBefore']
