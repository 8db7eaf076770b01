import type { AiChange } from '../../electron/contract/ai.ts'
import { useCall } from './app-context.ts'
import type { Task } from './use-task.ts'
import { useUndoable } from './use-undoable.ts'

/** Changes what a person chose about models; holds at once and can be taken back from the toast that tells it. */
export function useAiChange(said: string): Task<[change: AiChange, previous: AiChange], true> {
  const call = useCall()
  return useUndoable((change: AiChange) => call('ai.set', change), said)
}
