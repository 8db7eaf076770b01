import type { Settings } from '../contract/settings.ts'
import type { SettingsStore } from './components.ts'

/** Settings that are read only when the node starts. */
const readAtStart = ['port', 'host'] as const satisfies readonly (keyof Settings)[]

/** Which settings hold only after the next start: those that differ from what this start began with. */
export function createRestartNeeds(settings: Pick<SettingsStore, 'get'>): () => (keyof Settings)[] {
  const atStart = settings.get()
  return () => readAtStart.filter((key) => atStart[key] !== settings.get()[key])
}
