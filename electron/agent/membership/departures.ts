/** What ends with a membership: of a node that was removed, left or is blocked here, and of this node in a mesh. */
import type { AuditLog, Identity, MeshId, NodeId, Transport } from '../components.ts'
import { type Clock, sleep } from '../support/clock.ts'
import { createEmitter, type Signal } from '../support/signal.ts'
import type { Blocklist } from './blocklist.ts'
import type { createFormerMeshes } from './former-meshes.ts'
import type { Joining } from './joining.ts'
import type { FormerMeshRow } from './mesh-store.ts'
import type { OwnMeshes } from './own-meshes.ts'
import type { TaskGroup } from './task-group.ts'

/** How long a removed node can still be told why, ms; then its addresses are forgotten. */
const toldWithin = 1_000

interface Components {
  identity: Identity
  meshes: OwnMeshes
  joining: Pick<Joining, 'dropNode' | 'dropMesh'>
  blocklist: Blocklist
  transport: Transport
  former: ReturnType<typeof createFormerMeshes>
  tasks: TaskGroup
  audit: AuditLog
  clock: Clock
  isMember: (node: NodeId) => boolean
  /** Ends what is kept for a node that is spoken to. */
  forget: (node: NodeId) => void
}

export interface Departures {
  /** Nodes that have just ceased to be members of anything here. */
  readonly expelled: Signal<NodeId>
  /** Of `nodes` those that are no members any more. */
  expel(nodes: Iterable<NodeId>): void
  removed(mesh: MeshId, node: NodeId): void
  /** This node was removed. */
  removedFrom(mesh: FormerMeshRow): void
  /** This node is in that mesh no more; with a farewell when it was its own wish. */
  forgetMesh(mesh: MeshId, options: { farewell: boolean }): void
  /** The blocklist says something else of a node now. */
  blockChanged(node: NodeId): void
}

export function createDepartures(components: Components): Departures {
  const { identity, meshes, joining, blocklist, transport, former, tasks, audit, clock, isMember, forget } = components
  const expelled = createEmitter<NodeId>()

  function expel(nodes: Iterable<NodeId>): void {
    for (const node of nodes) {
      if (node === identity.id || isMember(node)) continue
      forget(node)
      expelled.emit(node)
    }
  }

  function forgetMesh(id: MeshId, options: { farewell: boolean }): void {
    const { table } = meshes.required(id)
    meshes.remove(id, options)
    joining.dropMesh(id)
    expel(table.keys())
  }

  return {
    expelled,
    expel,
    forgetMesh,
    removed(mesh, node) {
      joining.dropNode(mesh, node) // an approval from before would let it in again
      expel([node])
      tasks.run(`forget ${node}`, async (signal) => {
        await sleep(clock, toldWithin, signal)
        if (!isMember(node)) transport.forget(node)
      })
    },
    removedFrom(row) {
      former.add(row)
      forgetMesh(row.id, { farewell: false })
    },
    blockChanged(node) {
      const { statement } = meshes.all().flatMap(({ table }) => table.get(node) ?? [])[0] ?? {}
      const entry = blocklist.get(node)
      const { id: actorId, name: actor } = meshes.self()
      const subject = { subject: entry?.name ?? statement?.name ?? node, subjectId: node }
      audit.record({ action: entry ? 'node.blocked' : 'node.unblocked', actor, actorId, ...subject, outcome: 'ok' })
      if (entry) transport.forget(node)
      else if (statement) transport.learn(node, statement.addresses, 'record', true)
      expel([node])
    },
  }
}
