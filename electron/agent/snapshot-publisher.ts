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

/** The snapshot as a stream: a whole value at any time, and gapless changes between revisions. */
export interface SnapshotPublisher extends Startable {
  get(): Snapshot
  readonly changes: Signal<Change>
}

export function createSnapshotPublisher(
  { clock }: { clock: Clock },
  { epoch, collect, sources }: SnapshotPublisherOptions,
): SnapshotPublisher {
  const changes = createEmitter<Change>()
  let current: Snapshot | undefined
  let cancelPending: (() => void) | undefined
  let subscriptions: (() => void)[] = []

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
      if (subscriptions.length > 0) return
      const onChange = () => void (cancelPending ??= clock.after(mergeWithin, publish))
      subscriptions = sources.map((source) => source.subscribe(onChange))
    },
    async stop() {
      for (const unsubscribe of subscriptions) unsubscribe()
      subscriptions = []
      cancelPending?.()
      cancelPending = undefined
    },
  }
}
