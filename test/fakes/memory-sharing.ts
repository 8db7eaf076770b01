import type { Presence, Shared, Sharing } from '../../electron/agent/components.ts'
import { createEmitter } from '../../electron/agent/support/signal.ts'
import type { CapabilityName } from '../../electron/contract/capability.ts'
import type { PausedView, SharingConditions } from '../../electron/contract/sharing.ts'
import { notPaused } from '../fixtures/sharing.ts'

/** Pauses exactly what a test says. */
export interface MemorySharing extends Sharing {
  /** Null: shared again. */
  put(shared: Shared, paused: PausedView | null): void
  /** What is to be judged, and by what. */
  readonly followed: ReadonlyMap<CapabilityName, SharingConditions>
}

export function createMemorySharing(): MemorySharing {
  const changed = createEmitter()
  const paused = new Map<Shared, PausedView>()
  const followed = new Map<CapabilityName, SharingConditions>()
  return {
    changed,
    followed,
    put(shared, view) {
      if (view === null) paused.delete(shared)
      else paused.set(shared, view)
      changed.emit()
    },
    pausedFor: (shared) => paused.get(shared) ?? null,
    view: () => notPaused,
    pause: () => undefined,
    resume: () => undefined,
    follow(capability, conditions) {
      if (conditions === null) followed.delete(capability)
      else followed.set(capability, conditions)
    },
    start: async () => undefined,
    stop: async () => undefined,
  }
}

/** A person and a battery that do what a test says. */
export interface MemoryPresence extends Presence {
  /** Nobody has touched the computer since then, monotonic ms; null: it does not tell. */
  touchedAt: number | null
  /** Announced. */
  power(onBattery: boolean | null): void
  /** Whether somebody listens for the battery. */
  readonly isWatched: boolean
}

export function createMemoryPresence({ monotonic }: { monotonic: () => number }): MemoryPresence {
  let onBattery: boolean | null = null
  let isWatched = false
  const changed = createEmitter({ watched: (is) => void (isWatched = is) })
  return {
    changed,
    touchedAt: null,
    idleMs() {
      return this.touchedAt === null ? null : monotonic() - this.touchedAt
    },
    onBattery: () => onBattery,
    start: async () => undefined,
    stop: async () => undefined,
    power(is) {
      onBattery = is
      changed.emit()
    },
    get isWatched() {
      return isWatched
    },
  }
}
