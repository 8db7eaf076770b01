import type { Member, MeshId, NodeId } from '../components.ts'

/** Hubs of one mesh that a member is attached to: the second is a spare. */
const hubsPerMesh = 2

interface Situation {
  self: NodeId
  attached: (node: NodeId) => boolean
  /** It was tried and did not take this node. */
  failing: (node: NodeId) => boolean
}

/**
 * The hubs to be attached to in each mesh: those attached already stay, then those that can be reached, the others after
 * them; equals in an order that is another one for each member, so that many members share many hubs. Pure.
 */
export function chooseHubs(members: readonly Member[], { self, attached, failing }: Situation): Map<MeshId, NodeId[]> {
  const hubs = members.filter(({ hub, removed, state }) => hub && removed === null && state !== 'left')
  const rank = ({ nodeId, state }: Member) => {
    if (state === 'offline') return 4
    if (attached(nodeId)) return 0
    return (failing(nodeId) ? 2 : 0) + (state === 'online' ? 1 : 2)
  }
  const chosen = new Map<MeshId, NodeId[]>()
  for (const [mesh, all] of Map.groupBy(hubs, ({ meshId }) => meshId)) {
    const order = all.toSorted((a, b) => rank(a) - rank(b) || spread(self, a.nodeId) - spread(self, b.nodeId))
    chosen.set(
      mesh,
      order.slice(0, hubsPerMesh).map(({ nodeId }) => nodeId),
    )
  }
  return chosen
}

/** A number for two ids that has nothing to do with either alone (FNV-1a, 32 bits). */
function spread(one: NodeId, other: NodeId): number {
  let hash = 0x811c9dc5
  for (const character of one + other) hash = Math.imul(hash ^ (character.codePointAt(0) as number), 0x01000193) >>> 0
  return hash
}
