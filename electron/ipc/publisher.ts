import type { Change } from '../contract/patch.ts'
import type { Clock } from '../agent/support/clock.ts'
import type { Signal } from '../agent/support/signal.ts'

interface PublisherComponents {
  clock: Clock
  changes: Signal<Change>
  page: {
    isOpen(): boolean
    send(changes: Change[]): void
  }
}

/** Changes within this time (ms) travel in one message: short enough to feel at once. */
const mergeTime = 40

/** More changes than this in one message are not worth applying: the page misses one and fetches a whole snapshot. */
const maxMerged = 500

/** Sends the node's changes to the page while it is open, in order, merged. Returns the function that ends it. */
export function createPublisher({ clock, changes, page }: PublisherComponents): () => void {
  let waiting: Change[] = []
  let cancel: (() => void) | null = null

  const flush = () => {
    cancel = null
    const merged = waiting
    waiting = []
    page.send(merged)
  }
  const unsubscribe = changes.subscribe((change) => {
    // a page that opens later begins with a whole snapshot
    if (!page.isOpen()) return
    if (waiting.length === maxMerged) waiting = []
    waiting.push(change)
    cancel ??= clock.after(mergeTime, flush)
  })
  return () => {
    unsubscribe()
    cancel?.()
  }
}
