import { useTranslation } from 'react-i18next'
import { failureOf } from '../bridge/bridge.ts'
import { useFailureWords } from '../i18n/use-failure-words.ts'
import { toast } from '../ui/toast.ts'
import { undoToast } from '../ui/undo-toast.tsx'
import { type Task, useTask } from './use-task.ts'

/**
 * A change that holds at once and can be taken back from the toast that tells it. `previous` is what it replaces. Runs to
 * true when it was made.
 */
export function useUndoable<C>(apply: (change: C) => Promise<unknown>, said: string): Task<[change: C, previous: C], true> {
  const { t } = useTranslation()
  const wordsOf = useFailureWords()
  return useTask(async (change: C, previous: C) => {
    await apply(change)
    const undo = () =>
      void apply(previous).then(
        () => toast(t('undone')),
        (thrown: unknown) => toast(wordsOf(failureOf(thrown)).whole),
      )
    undoToast({ message: said, verb: t('undo'), undo })
    return true as const
  })
}
