/**
 * The asking side of language models: what a person chose about it, and what is known of the models of all meshes.
 * Requests go through `routing`, engines are the matter of `capabilities/ai`.
 */
import { doorPorts, engineDoor } from '../../contract/ai.ts'
import type { Models } from '../components.ts'
import { createEmitter } from '../support/signal.ts'
import type { ModelChoiceStore } from './model-choices.ts'

interface ModelsComponents {
  choices: ModelChoiceStore
  /** Where this node listens; null before it does. */
  port: () => number | null
}

export function createModels({ choices, port }: ModelsComponents): Models {
  const changed = createEmitter()
  return {
    changed,
    view() {
      const { aliases, needsKey, doors } = choices.get()
      return {
        ...{ url: `http://127.0.0.1:${port() ?? 0}`, aliases, needsKey, models: [] },
        doors: engineDoor.options.map((door) => ({
          ...{ door, port: doorPorts[door], chosen: doors.includes(door), state: 'off' as const, holder: null },
        })),
      }
    },
    async set(change) {
      choices.update(change)
      changed.emit()
    },
    start: async () => {},
    stop: async () => {},
  }
}
