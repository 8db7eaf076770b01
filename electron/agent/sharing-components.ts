/** How the pause and the conditions of sharing are known to other parts; as components.ts, which passes it on, without any implementation. */
import type { CapabilityName } from '../contract/capability.ts'
import type { PausedView, PauseFor, SharingConditions, SharingView } from '../contract/sharing.ts'
import type { Startable } from './components.ts'
import type { Signal } from './support/signal.ts'

/** What this machine runs on. */
export interface PowerSource extends Startable {
  /** Null when the system does not tell; a machine without a battery is not on battery. Cheap. */
  onBattery(): boolean | null
  /** `onBattery` is another now. Whatever has to look for that itself does so only while somebody listens. */
  readonly changed: Signal<void>
}

/** What the system knows of the person at this machine, and of its power. */
export interface Presence extends PowerSource {
  /** How long nobody has touched keyboard, pointer or screen, ms; null when the system does not tell. Cheap. */
  idleMs(): number | null
}

/** What is shared, as far as a pause goes. */
export type Shared = CapabilityName | 'services'

/** Owner of the pause of this node, and of the verdict on the conditions of each capability. */
export interface Sharing extends Startable {
  /** The pause, or a verdict, is another. */
  readonly changed: Signal<void>
  view(): SharingView
  /** Share nothing with peers for so long; replaces the pause there was. Kept over restarts. */
  pause(length: PauseFor): void
  resume(): void
  /** What a capability is judged by from now on; null: it is off. */
  follow(capability: CapabilityName, conditions: SharingConditions | null): void
  /** Why peers do not get it now; null: they do. Asked for every request. Services know the person's pause only. */
  pausedFor(shared: Shared): PausedView | null
}
