import type { CapabilityName } from '../../contract/capability.ts'
import type { CapabilityView } from '../../contract/snapshot.ts'
import type { NodeId } from '../components.ts'
import type { Clock } from '../support/clock.ts'
import { createEmitter, type Signal } from '../support/signal.ts'

/** A peer counts as a user so long after its last request has ended, ms. */
const stays = 60_000
/** Users kept for one capability; more are not shown. */
const maxUsers = 32

interface User {
  peer: { id: NodeId; name: string }
  underWay: number
  /** When its last request began or ended, monotonic. */
  at: number
}

/** Who uses which capability of this node, for people to see: who came, and who has been gone for a minute. */
export interface RecentUsers {
  /** Somebody came or went; not told for every request. */
  readonly changed: Signal<void>
  /** The newest first. */
  of(capability: CapabilityName): CapabilityView['usedBy']
  /** A request of a peer begins; returns the function that ends it. */
  began(capability: CapabilityName, peer: User['peer']): () => void
  /** Forgets everybody; no timer is left. */
  clear(): void
}

export function createRecentUsers({ clock }: { clock: Clock }): RecentUsers {
  const changed = createEmitter()
  const users = new Map<CapabilityName, Map<NodeId, User>>()
  let cancel: (() => void) | null = null

  const look = () => {
    cancel = null
    const now = clock.monotonic()
    let next = Infinity
    let gone = false
    for (const byPeer of users.values()) {
      for (const [id, { underWay, at }] of byPeer) {
        if (underWay > 0) continue
        if (now - at >= stays) gone = byPeer.delete(id)
        else next = Math.min(next, at + stays - now)
      }
    }
    if (next !== Infinity) cancel = clock.after(next, look)
    if (gone) changed.emit()
  }

  return {
    changed,
    of: (capability) => [...(users.get(capability)?.values() ?? [])].toSorted((a, b) => b.at - a.at).map(({ peer }) => peer),
    began(capability, peer) {
      const byPeer = users.get(capability) ?? new Map<NodeId, User>()
      users.set(capability, byPeer)
      const known = byPeer.get(peer.id)
      if (known === undefined && byPeer.size >= maxUsers) return () => undefined
      const user = known ?? { peer: { id: peer.id, name: peer.name }, underWay: 0, at: 0 }
      user.underWay++
      user.at = clock.monotonic()
      byPeer.set(peer.id, user)
      if (known === undefined) changed.emit()
      return () => {
        user.underWay--
        user.at = clock.monotonic()
        if (user.underWay === 0) cancel ??= clock.after(stays, look)
      }
    },
    clear() {
      cancel?.()
      cancel = null
      users.clear()
    },
  }
}
