import { useEffect, useState } from 'react'
import type { CallOutput } from '../../../../electron/contract/calls.ts'
import { useCall, useSampledRevision } from '../../../store/app-context.ts'
import { type Task, useTask } from '../../../store/use-task.ts'

/** The days are not part of the state: they are read again when the state moved, but not more often than this, ms. */
const rest = 5_000

/** Tokens by day and peer of the last days, kept fresh while they are looked at; null before the first answer. */
export function useUsage(days: number): {
  usage: CallOutput<'ai.usage'> | null
  read: Task<[asOf: string, days: number], void>
  /** Asks again at once. */
  retry: () => void
} {
  const call = useCall()
  const [known, setKnown] = useState<{ of: number; usage: CallOutput<'ai.usage'> } | null>(null)
  const read = useTask(async (_asOf: string, back: number) => setKnown({ of: back, usage: await call('ai.usage', { days: back }) }))
  // `run` of a task never changes.
  const { run } = read
  const due = useSampledRevision(rest)
  useEffect(() => void run(due, days), [run, due, days])
  return { usage: known?.of === days ? known.usage : null, read, retry: () => void run(due, days) }
}
