import { useThrottledValue } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import type { AuditEntry } from '../../../../electron/contract/audit.ts'
import { useCall, useSnapshot } from '../../../store/app-context.ts'
import { type Task, useTask } from '../../../store/use-task.ts'
import { type AuditFilter, auditQueryOf } from '../filter/activity-filter.ts'

/** Entries fetched at once, and the most that are kept. */
const page = 100
const most = 2_000
/** The log is not part of the state: it is read again when the state moved, but not more often than this, ms. */
const rest = 3_000

/**
 * The entries of the audit log that fit, newest first, kept fresh while they are looked at. `more` is null at their end.
 * For another filter use another instance (a React key).
 */
export function useAudit(filter: AuditFilter): {
  entries: AuditEntry[] | null
  refresh: Task<[asOf: string], void>
  /** Asks again at once. */
  retry: () => void
  more: Task<[], void> | null
} {
  const call = useCall()
  const revision = useSnapshot((snapshot) => `${snapshot.epoch} ${snapshot.revision}`)
  const [entries, setEntries] = useState<AuditEntry[] | null>(null)
  const [ended, setEnded] = useState(false)

  const refresh = useTask(async (_asOf: string) => {
    const newest = await call('audit.list', { ...auditQueryOf(filter, Date.now()), limit: page })
    setEntries((known) => merge(newest, known ?? []))
    if (newest.length < page) setEnded(true)
  })
  const more = useTask(async () => {
    const oldest = entries?.at(-1)
    if (oldest === undefined) return
    const older = await call('audit.list', { ...auditQueryOf(filter, Date.now()), before: oldest.seq, limit: page })
    setEntries((known) => merge(known ?? [], older))
    if (older.length < page) setEnded(true)
  })

  // `run` of a task never changes.
  const { run } = refresh
  const due = useThrottledValue(revision, rest)
  useEffect(() => void run(due), [run, due])
  return { entries, refresh, retry: () => void run(revision), more: ended || (entries?.length ?? 0) >= most ? null : more }
}

/** Both lists in one, newest first, each entry once. */
function merge(a: readonly AuditEntry[], b: readonly AuditEntry[]): AuditEntry[] {
  const all = new Map([...b, ...a].map((entry) => [entry.seq, entry]))
  return [...all.values()].toSorted((x, y) => y.seq - x.seq).slice(0, most)
}
