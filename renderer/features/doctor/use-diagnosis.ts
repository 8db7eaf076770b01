import { useState } from 'react'
import type { Diagnosis, Finding } from '../../../electron/contract/discovery.ts'
import { type Task, useTask } from '../../store/use-task.ts'

/** The newest diagnosis, and the task that makes one. The old one stays while a new one is made. */
export function useDiagnosis(ask: () => Promise<Diagnosis>): { diagnosis: Diagnosis | null; task: Task<[], void> } {
  const [diagnosis, setDiagnosis] = useState<Diagnosis | null>(null)
  const task = useTask(async () => setDiagnosis(await ask()))
  return { diagnosis, task }
}

const weight: Record<Finding['state'], number> = { problem: 0, warning: 1, unknown: 2, info: 3, ok: 4 }

/** What needs somebody first; else as it was found. */
export const inOrder = (findings: readonly Finding[]): Finding[] => findings.toSorted((a, b) => weight[a.state] - weight[b.state])
