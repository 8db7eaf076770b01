import type { ModelEvent } from '../agent/dialects/events.ts'
import type { ChatTask, CompletionTask } from '../agent/dialects/task.ts'

/** A model in memory. */
export interface LoadedModel {
  /** Answers that it can write at the same time. */
  readonly slots: number
  /**
   * Writes an answer, event by event, the `end` included. Rejects with the signal’s reason when it aborts, and with an
   * FcnError `invalid_input` for a task that it cannot do; nothing is told after that.
   */
  run(task: ChatTask | CompletionTask, tell: (event: ModelEvent) => void, signal: AbortSignal): Promise<void>
  /** A vector of each text. */
  embed(input: readonly string[], signal: AbortSignal): Promise<{ vectors: number[][]; tokens: number }>
  /** Gives its memory back. */
  dispose(): Promise<void>
}

/** Reads a model file into memory. Rejects with what the library says. */
export type LoadModel = (path: string) => Promise<LoadedModel>
