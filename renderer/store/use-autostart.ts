import { useCallback, useEffect, useState } from 'react'
import type { AutostartView } from '../../electron/contract/autostart.ts'
import type { Failure } from '../../electron/contract/failure.ts'
import { useCall } from './app-context.ts'
import { useTask } from './use-task.ts'

export interface AutostartControl {
  /** Null before the first answer. */
  view: AutostartView | null
  failure: Failure | null
  setting: boolean
  set: (enabled: boolean) => void
}

/** Starting with the system as the system has it: read when it is shown, and again when a person comes back to the window. */
export function useAutostart(): AutostartControl {
  const call = useCall()
  const [view, setView] = useState<AutostartView | null>(null)
  const read = useTask(useCallback(async () => setView(await call('autostart.get', {})), [call]))
  const change = useTask(useCallback(async (enabled: boolean) => setView(await call('autostart.set', { enabled })), [call]))
  const { run } = read
  useEffect(() => {
    const look = () => void run()
    look()
    window.addEventListener('focus', look)
    return () => window.removeEventListener('focus', look)
  }, [run])
  return { view, failure: change.failure ?? read.failure, setting: change.running, set: (enabled) => void change.run(enabled) }
}
