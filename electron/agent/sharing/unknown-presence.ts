import type { Presence } from '../components.ts'
import { createEmitter } from '../support/signal.ts'

/** Where nothing tells whether anybody is there: nothing is claimed. */
export const unknownPresence = (): Presence => ({ idleMs: () => null, onBattery: () => null, changed: createEmitter() })
