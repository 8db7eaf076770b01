import type { SettingsChange } from '../../../electron/contract/settings.ts'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../store/app-context.ts'
import { type Task, useTask } from '../../store/use-task.ts'
import { toast } from '../../ui/toast.ts'

/** Saves a change to the settings at once and says so, or that it needs a restart of the node. Runs to true when saved. */
export function useSetting(): Task<[SettingsChange], true> {
  const { t } = useTranslation('settings')
  const call = useCall()
  return useTask(async (change: SettingsChange) => {
    const { restartNeeded } = await call('settings.update', change)
    toast(restartNeeded ? t('savedAfterRestart') : t('saved'))
    return true as const
  })
}
