/**
 * The asking side of language models as others know it: what a person chose, the doors on the engines' ports, and what the
 * faces show. Requests go through `routing`, engines are the matter of `capabilities/ai`.
 */
import type { Models } from '../components.ts'
import { createEmitter } from '../support/signal.ts'
import type { Doors } from './doors.ts'
import type { ModelChoiceStore } from './model-choices.ts'
import type { OwnedModelDirectory } from './model-directory.ts'

interface ModelsComponents {
  choices: ModelChoiceStore
  directory: Pick<OwnedModelDirectory, 'changed' | 'view' | 'look' | 'start' | 'stop'>
  doors: Doors
  /** Where this node listens; null before it does. */
  port: () => number | null
}

export function createModels({ choices, directory, doors, port }: ModelsComponents): Models {
  let ends: (() => void)[] = []
  let isRunning = false
  const changed = createEmitter({
    watched(isWatched) {
      for (const end of ends.splice(0)) end()
      // subscribed only while somebody listens: a directory that is watched asks everybody again and again
      if (isWatched) ends = [directory.changed.subscribe(() => changed.emit()), doors.changed.subscribe(() => changed.emit())]
    },
  })
  return {
    changed,
    look: directory.look,
    view() {
      const { aliases, needsKey } = choices.get()
      return { url: `http://127.0.0.1:${port() ?? 0}`, aliases, needsKey, models: directory.view(), doors: doors.view() }
    },
    async set(change) {
      choices.update(change)
      if (change.doors !== undefined) await doors.choose(change.doors)
      changed.emit()
    },
    async start() {
      if (isRunning) return
      isRunning = true
      await directory.start()
      await doors.choose(choices.get().doors)
    },
    async stop() {
      isRunning = false
      await doors.close()
      await directory.stop()
    },
  }
}
