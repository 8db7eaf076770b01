/** Measures how long a ping takes to come back, from the messages of the core that pass by. */
import type { MeshId, NodeId } from '../components.ts'
import type { Clock } from '../support/clock.ts'
import type { Message } from './swim/messages.ts'

/** Pings that wait for their answer; the oldest is forgotten. */
const maxWaiting = 256

interface Components {
  clock: Pick<Clock, 'monotonic'>
  /** Takes the time of one round trip, ms. */
  measured: (node: NodeId, ms: number) => void
}

export function createRoundTrips({ clock, measured }: Components) {
  const sentAt = new Map<string, number>()

  return {
    sent(mesh: MeshId, to: NodeId, message: Message): void {
      if (message.type !== 'ping' || message.errand) return
      const key = `${mesh} ${to} ${message.seq}`
      // of a ping that is repeated nobody knows which one was answered (Karn's algorithm)
      sentAt.set(key, sentAt.has(key) ? NaN : clock.monotonic())
      if (sentAt.size > maxWaiting) sentAt.delete(sentAt.keys().next().value as string)
    },
    received(mesh: MeshId, from: NodeId, message: Message): void {
      if (message.type !== 'ack') return
      const key = `${mesh} ${from} ${message.seq}`
      const at = sentAt.get(key)
      sentAt.delete(key)
      if (at !== undefined && !Number.isNaN(at)) measured(from, clock.monotonic() - at)
    },
  }
}
