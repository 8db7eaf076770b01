import type { HealthWarning } from '../../electron/contract/snapshot.ts'
import type { Health } from '../../electron/agent/components.ts'
import { createEmitter } from '../../electron/agent/support/signal.ts'

/** Keeps warnings by code. */
export function createMemoryHealth(): Health {
  const warnings = new Map<string, HealthWarning>()
  const changed = createEmitter()
  return {
    changed,
    raise(warning) {
      warnings.set(warning.code, { ...warning, since: 0 })
      changed.emit()
    },
    clear(code) {
      if (warnings.delete(code)) changed.emit()
    },
    list: () => [...warnings.values()],
  }
}
