import { isDeepStrictEqual } from 'node:util'
import type { HealthWarning } from '../contract/snapshot.ts'
import type { Health } from './components.ts'
import type { Clock } from './support/clock.ts'
import { createEmitter } from './support/signal.ts'

/** The node's one list of warnings. Raising a known code again renews its words and keeps its time. */
export function createHealth({ clock }: { clock: Clock }): Health {
  const warnings = new Map<string, HealthWarning>()
  const changed = createEmitter()
  return {
    changed,
    raise(warning) {
      const held = warnings.get(warning.code)
      const current = { ...warning, since: held?.since ?? clock.now() }
      if (isDeepStrictEqual(held, current)) return
      warnings.set(warning.code, current)
      changed.emit()
    },
    clear(code) {
      if (warnings.delete(code)) changed.emit()
    },
    list: () => [...warnings.values()],
  }
}
