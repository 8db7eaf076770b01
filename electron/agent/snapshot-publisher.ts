import { type Change, diffSnapshots } from '../contract/patch.ts'
import type { Snapshot } from '../contract/snapshot.ts'
import type { Startable } from './components.ts'
import type { Clock } from './support/clock.ts'
import { createEmitter, type Signal } from './support/signal.ts'

/** Changes of the parts within this time (ms) become one patch; short enough to feel instant. */
const mergeWithin = 50

type Content = Omit<Snapshot, 'epoch' | 'revision'>

interface SnapshotPublisherOptions {
  epoch: string
  /** Builds the whole content from its owners. */
  collect: () => Content
  /** Whatever may change it. */
  sources: readonly { subscribe(listener: () => void): () => void }[]
}

/**
 * The snapshot as a stream: a whole value at any time, and gapless changes between revisions. Nothing is collected while
 * nobody listens or asks: a node at rest would spend more on its picture of the mesh than on the mesh.
 */
export interface SnapshotPublisher extends Startable {
  get(): Snapshot
  readonly changes: Signal<Change>
}

export function createSnapshotPublisher(
  { clock }: { clock: Clock },
  { epoch, collect, sources }: SnapshotPublisherOptions,
): SnapshotPublisher {
  let current: Snapshot | undefined
  let cancelPending: (() => void) | undefined
  let subscriptions: (() => void)[] = []
  let running = false
  let isWatched = false
  const changes = createEmitter<Change>({
    watched(watched) {
      isWatched = watched
      follow()
    },
  })

  const onChange = () => void (cancelPending ??= clock.after(mergeWithin, publish))

  function follow(): void {
    for (const unsubscribe of subscriptions.splice(0)) unsubscribe()
    cancelPending?.()
    cancelPending = undefined
    if (!running || !isWatched) return
    subscriptions = sources.map((source) => source.subscribe(onChange))
    // whoever comes back with a snapshot of before is told what happened meanwhile
    if (current) onChange()
  }

  const publish = (): Snapshot => {
    cancelPending?.()
    cancelPending = undefined
    if (!current) return (current = { epoch, revision: 0, ...collect() })
    const next: Snapshot = { epoch, revision: current.revision + 1, ...collect() }
    const patches = diffSnapshots(current, next)
    if (patches.length === 0) return current
    current = next
    changes.emit({ epoch, revision: next.revision, patches })
    return next
  }

  return {
    changes,
    // what a caller reads is never older than the answer it got before
    get: publish,
    async start() {
      if (running) return
      running = true
      follow()
    },
    async stop() {
      running = false
      follow()
    },
  }
}
