import type { Startable } from '../components.ts'
import type { Clock } from '../support/clock.ts'
import type { LegacyPeer } from './legacy-peer.ts'

interface PollerComponents {
  clock: Clock
  /** All peers, and what to do when one is due; `poll` never rejects. */
  peers: () => Iterable<LegacyPeer>
  poll: (peer: LegacyPeer, signal: AbortSignal) => Promise<void>
}

export interface LegacyPoller extends Startable {
  /** Looks again who is due: a peer was added or hastened. */
  look(): void
}

/** Polls under way at once; the rest waits its turn. */
const maxAtOnce = 16
/** Peers due within this are asked together, ms. */
const granularity = 500

/** Asks each peer when its schedule says. One timer for all. */
export function createLegacyPoller({ clock, peers, poll }: PollerComponents): LegacyPoller {
  const underWay = new Map<LegacyPeer, Promise<void>>()
  let stopping: AbortController | null = null
  let cancel = () => {}

  const look = () => {
    cancel()
    if (stopping === null || stopping.signal.aborted) return
    const { signal } = stopping
    const now = clock.monotonic()
    let next = Infinity
    for (const peer of peers()) {
      if (underWay.has(peer)) continue
      if (peer.polling.healthAt > now) next = Math.min(next, peer.polling.healthAt)
      else if (underWay.size < maxAtOnce) run(peer, signal)
    }
    if (next < Infinity) cancel = clock.after(Math.max(granularity, next - now), look)
  }

  const run = (peer: LegacyPeer, signal: AbortSignal) => {
    const done = poll(peer, signal).finally(() => {
      underWay.delete(peer)
      look()
    })
    underWay.set(peer, done)
  }

  return {
    look,
    async start() {
      if (stopping !== null) return
      stopping = new AbortController()
      look()
    },
    async stop() {
      stopping?.abort()
      cancel()
      await Promise.all(underWay.values())
      stopping = null
    },
  }
}
