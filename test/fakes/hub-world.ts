import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { DatabaseSync } from 'node:sqlite'
import { onTestFinished } from 'vitest'
import type { MeshId, NodeId } from '../../electron/agent/components.ts'
import { laneHeadLength, ticketOf } from '../../electron/agent/protocol/tunnel-protocol.ts'
import { createHub } from '../../electron/agent/relay/hub.ts'
import { createHubRoles } from '../../electron/agent/relay/hub-roles.ts'
import { createHubStore, hubSchema } from '../../electron/agent/relay/hub-store.ts'
import { createLanes } from '../../electron/agent/relay/lanes.ts'
import { createTunnelSession } from '../../electron/agent/relay/tunnel-session.ts'
import { createEmitter } from '../../electron/agent/support/signal.ts'
import type { MeshView } from '../../electron/contract/snapshot.ts'
import { listening } from '../support/listening.ts'
import { socketPair } from '../support/socket-pair.ts'
import { createFakeClock } from './fake-clock.ts'
import { createFakeRandom } from './fake-random.ts'
import { createTestKey } from './test-identity.ts'

const view = (id: MeshId): MeshView => ({
  ...{ id, name: id, role: 'admin', joinedAt: 0, members: 1, online: 1, admins: 1, hasRootKey: false, recoveryExportedAt: null },
})

/** A real hub of meshes whose members the test decides, with real tunnels over TCP; time is virtual. */
export async function createHubWorld(meshes: Record<MeshId, NodeId[]>, { withLanes = false, clock = createFakeClock() } = {}) {
  let asked = 0
  const members = new Map(Object.entries(meshes).map(([mesh, nodes]) => [mesh, new Set(nodes)]))
  const membership = {
    meshes: () => {
      asked++
      return [...members.keys()].map(view)
    },
    isMember: (node: NodeId, mesh?: MeshId) => [...members].some(([id, nodes]) => (mesh ?? id) === id && nodes.has(node)),
    changed: createEmitter(),
    expelled: createEmitter<NodeId>(),
  }
  const database = new DatabaseSync(':memory:')
  database.exec(hubSchema)
  const tickets: string[] = []
  const random = createFakeRandom()
  const bytes = (count: number) => {
    const drawn = random.bytes(count)
    tickets.push(Buffer.from(drawn).toString('base64url'))
    return drawn
  }
  const lanes = createLanes({ clock, random: { ...random, bytes } })
  const roles = createHubRoles({ store: createHubStore(database), membership, clock })
  for (const mesh of members.keys()) roles.set(mesh, { on: true })
  const hub = createHub({ self: createTestKey().id, roles, membership, lanes, clock })
  hub.start()
  onTestFinished(() => hub.stop())
  let laneCount = 0
  const takeLane = (socket: Socket) => {
    const look = () => {
      const head = socket.read(laneHeadLength) as Buffer | null
      if (head === null) socket.once('readable', look)
      else lanes.take(ticketOf(head.toString('latin1')) ?? '', socket)
    }
    laneCount++
    look()
  }
  const place = withLanes ? await listening(takeLane) : null

  /** Only the connection, for members that do not behave. */
  async function socketOf(node: NodeId): Promise<Socket> {
    const [near, far] = await socketPair({ allowHalfOpen: false })
    hub.attach(node)(far)
    return near
  }

  return {
    hub,
    roles,
    lanes,
    /** All that were ever given out. */
    tickets,
    clock,
    laneCount: () => laneCount,
    /** How often the hub asked for all meshes, which is costly in large ones. */
    asked: () => asked,
    socketOf,
    /** A member with its tunnel. */
    async attach(node: NodeId) {
      const incoming: Duplex[] = []
      const waiting: ((stream: Duplex) => void)[] = []
      let isClosed = false
      const session = createTunnelSession(await socketOf(node), {
        clock,
        place,
        incoming(stream) {
          incoming.push(stream)
          waiting.shift()?.(stream)
        },
        measured: () => undefined,
        closed: () => (isClosed = true),
      })
      onTestFinished(() => session.close())
      const next = () => new Promise<Duplex>((resolve) => waiting.push(resolve))
      return { node, session, incoming, next, isClosed: () => isClosed }
    },
    leave(node: NodeId, mesh: MeshId) {
      members.get(mesh)?.delete(node)
      if (!membership.isMember(node)) membership.expelled.emit(node)
      membership.changed.emit()
    },
  }
}

/** Ids of that many nodes. */
export const someNodes = (count: number): NodeId[] => Array.from({ length: count }, () => createTestKey().id)
