/** Direct probing of every member, for small meshes: one question each second, at once when there is reason to. */
import type { NodeId } from '../components.ts'
import { FcnError, toFcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import type { Random } from '../support/random.ts'
import { createEmitter, type Signal } from '../support/signal.ts'
import { firstPresence, nextPresence, nextProbe, type Presence, type PresenceEvent } from './presence.ts'
import type { PresenceChange, Probe, Prober } from './prober.ts'

/** At the start, probes of many members are spread over this time, ms. */
const startSpread = 100

interface Watched {
  presence: Presence
  /** Set while a probe is under way. */
  probing: { controller: AbortController; done: Promise<void> } | null
  cancelTimer: () => void
}

export function createHeartbeat({
  clock,
  random,
  probe,
}: {
  clock: Clock
  random: Random
  probe: Probe
}): Prober & { changed: Signal<PresenceChange> } {
  const changed = createEmitter<PresenceChange>()
  const members = new Map<NodeId, Watched>()
  let running = false

  function apply(node: NodeId, event: PresenceEvent): void {
    const watched = members.get(node)
    if (!watched) return
    const previous = watched.presence
    const current = nextPresence(previous, event, { monotonic: clock.monotonic(), wall: clock.now() })
    watched.presence = current
    if (previous.state !== current.state) changed.emit({ node, previous, current })
  }

  const next = ({ presence }: Watched) => nextProbe(presence, clock.monotonic() - presence.contactAt, random)

  function schedule(node: NodeId, watched: Watched, pause: number): void {
    watched.cancelTimer()
    if (!running || members.get(node) !== watched || watched.probing) return
    watched.cancelTimer = clock.after(pause, () => begin(node, watched))
  }

  function begin(node: NodeId, watched: Watched): void {
    const controller = new AbortController()
    const { limit } = next(watched)
    const cancel = clock.after(limit, () => controller.abort(new FcnError('timeout', 'The peer did not answer a probe in time.')))
    const done = ask(node, controller.signal)
      .then((event) => {
        if (running && members.get(node) === watched) apply(node, event)
      })
      .finally(() => {
        cancel()
        watched.probing = null
        schedule(node, watched, next(watched).pause)
      })
    watched.probing = { controller, done }
  }

  async function ask(node: NodeId, signal: AbortSignal): Promise<PresenceEvent> {
    try {
      await probe(node, signal)
      return { kind: 'probe answered' }
    } catch (error) {
      return { kind: 'probe missed', refused: toFcnError(error).code === 'unreachable' }
    }
  }

  function forget(node: NodeId, watched: Watched): void {
    members.delete(node)
    watched.cancelTimer()
    watched.probing?.controller.abort(new FcnError('not_member', 'The peer is no longer watched.'))
  }

  return {
    changed,
    watch(nodes, lastSeen = new Map()) {
      for (const [node, watched] of members) if (!nodes.has(node)) forget(node, watched)
      for (const node of nodes) {
        if (members.has(node)) continue
        const presence = firstPresence(clock.monotonic(), lastSeen.get(node) ?? null)
        const watched: Watched = { presence, probing: null, cancelTimer: () => undefined }
        members.set(node, watched)
        schedule(node, watched, random.fraction() * startSpread)
      }
    },
    presence: (node) => members.get(node)?.presence ?? null,
    called(node) {
      const watched = members.get(node)
      if (!watched) return
      const wasGone = watched.presence.state !== 'online'
      apply(node, { kind: 'called' })
      if (wasGone) schedule(node, watched, 0)
    },
    contact: (node) => apply(node, { kind: 'contact' }),
    goodbye: (node) => {
      apply(node, { kind: 'goodbye' })
      const watched = members.get(node)
      if (watched) schedule(node, watched, next(watched).pause)
    },
    async start() {
      running = true
      for (const [node, watched] of members) schedule(node, watched, random.fraction() * startSpread)
    },
    async stop() {
      running = false
      const ends: Promise<void>[] = []
      for (const watched of members.values()) {
        watched.cancelTimer()
        watched.probing?.controller.abort(new FcnError('not_running', 'The node stops.'))
        if (watched.probing) ends.push(watched.probing.done)
      }
      await Promise.all(ends)
    },
  }
}
