import type { PowerSaveBlocker } from 'electron'
import type { Clock } from '../agent/support/clock.ts'
import type { Signal } from '../agent/support/signal.ts'
import type { Snapshot } from '../contract/snapshot.ts'
import { awakeFor, followWork, type MovedAt } from './work-watch.ts'

interface KeepAwakeComponents {
  powerSaveBlocker: Pick<PowerSaveBlocker, 'start' | 'stop'>
  clock: Clock
  /** The snapshot may be another. */
  changed: Signal<void>
  /** Null while the node does not run. */
  snapshot: () => Snapshot | null
}

/** Whether this computer may be kept awake at all: the person's switch, and not on battery. Not knowing is not being on battery. */
const isAllowed = ({ settings, sharing }: Snapshot) => settings.keepAwake && sharing.presence.onBattery !== true

/**
 * Keeps the computer from falling asleep by itself while peers have work done here, and at no other time; the screen may
 * always go dark. Returns the function that ends it.
 */
export function keepAwake({ powerSaveBlocker, clock, changed, snapshot }: KeepAwakeComponents): () => void {
  let moved: MovedAt = new Map()
  let assertion: number | null = null
  let cancel = () => {}

  const hold = (needed: boolean) => {
    if (needed) assertion ??= powerSaveBlocker.start('prevent-app-suspension')
    else if (assertion !== null) {
      powerSaveBlocker.stop(assertion)
      assertion = null
    }
  }

  const review = () => {
    cancel()
    const now = clock.monotonic()
    const state = snapshot()
    moved = followWork(moved, state?.rates ?? {}, now)
    const left = state !== null && isAllowed(state) ? awakeFor(moved, now) : 0
    hold(left > 0)
    // what stands still is news to nobody, so it is looked at again when it has stood still for too long
    if (left > 0) cancel = clock.after(left, review)
  }

  const unsubscribe = changed.subscribe(review)
  return () => {
    unsubscribe()
    cancel()
    hold(false)
  }
}
