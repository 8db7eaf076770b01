import { useDocumentVisibility } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import type { TrafficView } from '../../../../electron/contract/traffic.ts'
import { useCall, useLostAt, useSnapshot } from '../../../store/app-context.ts'
import { type Task, useTask } from '../../../store/use-task.ts'

/** The history is asked for this often, ms, while something moves … */
const moving = 5_000
/** … and at rest, when only time goes on. */
const still = 15_000

/** The traffic of the last quarter of an hour; asked for only while the chart is seen. Null before the first answer. */
export function useTraffic(inViewport: boolean): { view: TrafficView | null; refresh: Task<[], void> } {
  const call = useCall()
  const visible = useDocumentVisibility() === 'visible'
  const reached = useLostAt() === null
  const isMoving = useSnapshot(({ rates }) => Object.keys(rates).length > 0)
  const [view, setView] = useState<TrafficView | null>(null)
  const refresh = useTask(async () => setView(await call('traffic.history', {})))
  // `run` of a task never changes.
  const { run } = refresh
  useEffect(() => {
    if (!inViewport || !visible || !reached) return
    void run()
    const timer = setInterval(() => void run(), isMoving ? moving : still)
    return () => clearInterval(timer)
  }, [inViewport, visible, reached, isMoving, run])
  return { view, refresh }
}
