/** A peer that is reached through a hub is tried directly again in the background, less and less often. */
import type { NodeId } from '../components.ts'
import { backOff } from '../support/back-off.ts'
import type { Clock } from '../support/clock.ts'
import type { Random } from '../support/random.ts'

/** From the first try (half of it at least) up to the longest pause, ms. */
const pauses = { base: 10_000, cap: 300_000 }

interface DirectRetryComponents {
  clock: Clock
  random: Random
  /** Resolves with whether it worked; never rejects. Bounded in time. */
  attempt: (node: NodeId, signal: AbortSignal) => Promise<boolean>
}

export interface DirectRetry {
  /** From now on, until it works or `end`. */
  begin(node: NodeId): void
  end(node: NodeId): void
  /** Something has changed that may help: at once, and then from the first pause again. */
  again(node: NodeId): void
  all(): NodeId[]
  stop(): void
}

export function createDirectRetry({ clock, random, attempt }: DirectRetryComponents): DirectRetry {
  const peers = new Map<NodeId, { tries: number; cancel: () => void; running: AbortController | null }>()

  function schedule(node: NodeId): void {
    const peer = peers.get(node)
    if (!peer) return
    peer.cancel()
    peer.cancel = clock.after(backOff(peer.tries++, pauses, random), () => void run(node))
  }

  async function run(node: NodeId): Promise<void> {
    const peer = peers.get(node)
    if (!peer || peer.running) return
    peer.cancel()
    const controller = new AbortController()
    peer.running = controller
    const worked = await attempt(node, controller.signal)
    peer.running = null
    if (peers.get(node) !== peer) return
    if (worked) peers.delete(node)
    else schedule(node)
  }

  function end(node: NodeId): void {
    const peer = peers.get(node)
    if (!peer) return
    peers.delete(node)
    peer.cancel()
    peer.running?.abort(new Error('The peer is not tried any more.'))
  }

  return {
    begin(node) {
      if (peers.has(node)) return
      peers.set(node, { tries: 0, cancel: () => undefined, running: null })
      schedule(node)
    },
    end,
    again(node) {
      const peer = peers.get(node)
      if (!peer) return
      peer.tries = 0
      void run(node)
    },
    all: () => [...peers.keys()],
    stop() {
      for (const node of [...peers.keys()]) end(node)
    },
  }
}
