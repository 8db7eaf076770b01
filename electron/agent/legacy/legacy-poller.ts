import type { Startable } from '../components.ts'
import type { Clock } from '../support/clock.ts'
import type { LegacyPeer } from './legacy-peer.ts'

interface PollerComponents {
  clock: Clock
  /** All peers, and what to do when one is due; `poll` never rejects. */
  peers: () => LegacyPeer[]
  poll: (peer: LegacyPeer, signal: AbortSignal) => Promise<void>
}

interface LegacyPoller extends Startable {
  /** Looks again who is due: a peer was added or hastened. */
  look(): void
}

/** Polls under way at once; the rest waits its turn. */
const maxAtOnce = 16
/** Peers due within this are asked together, ms. */
const granularity = 500

/** Asks each peer when its schedule says. One timer for all. */
export function createLegacyPoller({ clock, peers, poll }: PollerComponents): LegacyPoller {
  const underWay = new Map<string, Promise<void>>()
  let stopping: AbortController | null = null
  let cancel = () => {}

  const look = () => {
    cancel()
    if (stopping === null || stopping.signal.aborted) return
    const { signal } = stopping
    const now = clock.monotonic()
    const waiting = peers().filter(({ record }) => !underWay.has(record.url))
    const due = waiting.filter(({ polling }) => polling.healthAt <= now)
    for (const peer of due.slice(0, Math.max(0, maxAtOnce - underWay.size))) run(peer, signal)
    const next = waiting.map(({ polling }) => polling.healthAt).filter((at) => at > now)
    if (next.length > 0) cancel = clock.after(Math.max(granularity, Math.min(...next) - now), look)
  }

  const run = (peer: LegacyPeer, signal: AbortSignal) => {
    const done = poll(peer, signal).finally(() => {
      underWay.delete(peer.record.url)
      look()
    })
    underWay.set(peer.record.url, done)
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
