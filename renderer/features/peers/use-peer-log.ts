import { useEffect, useState } from 'react'
import { useCall, useSampledRevision } from '../../store/app-context.ts'
import { type Task, useTask } from '../../store/use-task.ts'
import { type PeerLog, readPeerLog } from './peer-log.ts'

/** The log is not part of the state: it is read again when the state moved, but not more often than this, ms. */
const rest = 5_000

/** What the audit log says about a peer, kept fresh while it is looked at; null before it was read. */
export function usePeerLog(peer: string): { log: PeerLog | null; read: Task<[asOf: string], void> } {
  const call = useCall()
  const [known, setKnown] = useState<{ of: string; log: PeerLog } | null>(null)
  const read = useTask(async (_asOf: string) => setKnown({ of: peer, log: await readPeerLog(call, peer) }))
  // `run` of a task never changes.
  const { run } = read
  const due = `${peer} ${useSampledRevision(rest)}`
  useEffect(() => void run(due), [run, due])
  return { log: known?.of === peer ? known.log : null, read }
}
