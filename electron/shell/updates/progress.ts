import { createEmitter, type Signal } from '../../agent/support/signal.ts'
import type { UpdateState, UpdateWait } from '../../contract/updates.ts'
import type { MemoryFile } from './memory-file.ts'
import { settled, type UpdateMemory } from './update-rules.ts'

/** How far the newest version has come. */
export interface Progress {
  state: UpdateState
  version: string | null
  percent: number | null
  waitsFor: UpdateWait | null
  lookedAt: number | null
  /** Looks in a row that had no answer, and what was said the last time. */
  unanswered: { times: number; problem: string }
}

/** No newer version that anything could be said of. */
export const nowhere = { state: 'idle', version: null, percent: null, waitsFor: null } as const

/** Owner of the progress, which lives as long as the program, and of the memory, which outlives it. */
export interface Keeper {
  readonly changed: Signal<void>
  progress(): Readonly<Progress>
  show(next: Partial<Progress>): void
  memory(): UpdateMemory
  /** Rejects when it could not be written; it counts for this run nevertheless. */
  remember(next: UpdateMemory): Promise<void>
}

export function createKeeper(file: MemoryFile, { remembered, version }: { remembered: UpdateMemory; version: string }): Keeper {
  let progress: Progress = { ...nowhere, lookedAt: null, unanswered: { times: 0, problem: '' } }
  let memory = settled(remembered, version)
  const changed = createEmitter()
  return {
    changed,
    progress: () => progress,
    show(next) {
      progress = { ...progress, ...next }
      changed.emit()
    },
    memory: () => memory,
    async remember(next) {
      memory = next
      await file.write(next)
    },
  }
}
