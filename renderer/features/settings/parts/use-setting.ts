import { useTranslation } from 'react-i18next'
import type { SettingsChange } from '../../../../electron/contract/settings.ts'
import { failureOf } from '../../../bridge/bridge.ts'
import { useCall, useSnapshot } from '../../../store/app-context.ts'
import { type Task, useTask } from '../../../store/use-task.ts'
import { toast } from '../../../ui/toast.ts'
import { undoToast } from '../../../ui/undo-toast.tsx'
import { undoOf } from '../defaults.ts'

/** Saves a change to the settings at once, says so, and offers to undo it. Runs to true when saved. */
export function useSetting(): Task<[SettingsChange], true> {
  const { t } = useTranslation('settings')
  const call = useCall()
  const before = useSnapshot(({ settings }) => settings)
  return useTask(async (change: SettingsChange) => {
    const undo = undoOf(change, before)
    const { restartNeeded } = await call('settings.update', change)
    undoToast({
      message: t(restartNeeded ? 'savedAfterRestart' : 'saved'),
      verb: t('undo'),
      undo: () =>
        void call('settings.update', undo).then(
          () => toast(t('undone')),
          // the line that was changed may be out of sight by now
          (thrown: unknown) => toast(t('notUndone', { why: failureOf(thrown).message })),
        ),
    })
    return true as const
  })
}
