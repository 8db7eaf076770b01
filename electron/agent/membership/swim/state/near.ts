import type { NodeId } from '../../../components.ts'
import type { SwimTransport } from '../ports.ts'

/**
 * A node with so many connections tells its news, and compares its table, over these: as they were made to random members
 * they reach everybody, and a mesh that starts does not make a connection, with its handshake, for each pair of members.
 */
const wellConnected = 5

/** Whom to talk to when it may be anybody. */
export function nearBy({ connected }: Pick<SwimTransport, 'connected'>): (node: NodeId) => boolean {
  return connected.size >= wellConnected ? (node) => connected.has(node) : () => true
}
