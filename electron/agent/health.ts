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
      warnings.set(warning.code, { ...warning, since: warnings.get(warning.code)?.since ?? clock.now() })
      changed.emit()
    },
    clear(code) {
      if (warnings.delete(code)) changed.emit()
    },
    list: () => [...warnings.values()],
  }
}
