import type { SettingsStore } from '../../electron/agent/components.ts'
import { createEmitter } from '../../electron/agent/support/signal.ts'
import { type Settings, settings } from '../../electron/contract/settings.ts'

/** Keeps settings in memory. */
export function createMemorySettings(first: Partial<Settings> = {}): SettingsStore {
  let current = settings.parse({ name: 'me', ...first })
  const changed = createEmitter<{ previous: Settings; current: Settings }>()
  return {
    changed,
    get: () => current,
    update(change) {
      const previous = current
      const given = Object.fromEntries(Object.entries({ ...current, ...change }).filter(([, value]) => value !== null))
      current = settings.parse(given)
      changed.emit({ previous, current })
      return current
    },
  }
}
