import type { NodeId, Startable } from '../components.ts'
import type { Presence } from './presence.ts'

/**
 * Finds out who can be reached. The direct one (heartbeat.ts) asks everybody itself, which suits a household; a
 * gossiping one may take its place without the rest of membership noticing.
 */
export interface Prober extends Startable {
  /** Replaces the set of members to watch; new ones are probed at once. `lastSeen` is what was known before. */
  watch(nodes: ReadonlySet<NodeId>, lastSeen?: ReadonlyMap<NodeId, number>): void
  presence(node: NodeId): Presence | null
  /** A request of the member reached us. A member believed gone is probed at once. */
  called(node: NodeId): void
  /** The member answered some request of ours. */
  contact(node: NodeId): void
  /** The member said that it stops. */
  goodbye(node: NodeId): void
}

/** One question to a member: resolves when it answered, rejects with an FcnError (`unreachable` when every address refused). */
export type Probe = (node: NodeId, signal: AbortSignal) => Promise<void>

/** Called on each change of state, and with `current` null when a member is no longer watched. */
export interface PresenceChange {
  node: NodeId
  previous: Presence
  current: Presence
}
