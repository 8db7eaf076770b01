/** Relaying, wired: this node as a hub for others, and its own tunnels to hubs. */
import type { Duplex } from 'node:stream'
import type { HubView, TunnelView } from '../../contract/relay.ts'
import type { Membership, MeshId, NodeId, RelayRole, Startable, Transport } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import type { Random } from '../support/random.ts'
import { createEmitter, type Signal } from '../support/signal.ts'
import { createHub, type Hub } from './hub.ts'
import { createHubRoles, type HubRoles } from './hub-roles.ts'
import type { HubStore } from './hub-store.ts'
import { createLanes, type Lanes } from './lanes.ts'
import { createTunnels } from './tunnels.ts'

interface RelayComponents {
  self: NodeId
  store: HubStore
  membership: Pick<Membership, 'meshes' | 'members' | 'isMember' | 'nameOf' | 'changed' | 'expelled'>
  transport: Pick<Transport, 'upgrade'>
  clock: Clock
  random: Random
  /** Takes a connection that reached this node through a hub. */
  accept: (stream: Duplex, hub: NodeId) => void
}

export interface Relay extends Startable {
  readonly changed: Signal<void>
  hubs(): HubView[]
  tunnels(): TunnelView[]
  /** Throws `not_admin`. */
  setHub(mesh: MeshId, change: Parameters<HubRoles['set']>[1]): HubView
  /** What this node says of itself. */
  roles(): Record<MeshId, RelayRole>
  attach: Hub['attach']
  takeLane: Lanes['take']
  dial(hub: NodeId, node: NodeId, signal: AbortSignal): Promise<Duplex>
  networkChanged(): void
}

export function createRelay({ self, store, membership, transport, clock, random, accept }: RelayComponents): Relay {
  const changed = createEmitter()
  const lanes = createLanes({ clock, random })
  const roles = createHubRoles({ store, membership, clock })
  const hub = createHub({ self, roles, membership, lanes, clock })
  const tunnels = createTunnels({ self, transport, membership, clock, random, incoming: accept })
  hub.changed.subscribe(() => changed.emit())
  tunnels.changed.subscribe(() => changed.emit())

  return {
    changed,
    hubs: hub.views,
    tunnels: tunnels.views,
    setHub(mesh, change) {
      roles.set(mesh, change)
      const view = hub.views().find(({ id }) => id === mesh)
      if (!view) throw new FcnError('not_found', 'This node is not in that mesh.')
      return view
    },
    roles() {
      const active = new Set(roles.active())
      return Object.fromEntries(membership.meshes().map(({ id }) => [id, { hub: active.has(id), via: tunnels.via(id) }]))
    },
    attach: hub.attach,
    takeLane: lanes.take,
    dial: (at, node, signal) => (at === self ? hub.reach(node) : tunnels.dial(at, node, signal)),
    networkChanged: tunnels.networkChanged,
    async start() {
      hub.start()
      tunnels.start()
    },
    async stop() {
      tunnels.stop()
      hub.stop()
    },
  }
}
