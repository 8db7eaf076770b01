import { applyChange, type Change } from '../../electron/contract/patch.ts'
import type { Snapshot } from '../../electron/contract/snapshot.ts'
import type { Failure } from '../../electron/contract/failure.ts'
import type { Bridge } from './bridge.ts'
import { pause, retryDelay } from './retry.ts'

/**
 * How the window stands to its agent. `connecting` nothing was ever received · `live` what is shown is the agent's state ·
 * `reconnecting` what is shown is the last known · `refused` the agent does not let this page in.
 */
export type Link = { kind: 'connecting' } | { kind: 'live' } | { kind: 'reconnecting' } | { kind: 'refused'; failure: Failure }

interface SyncOptions {
  onSnapshot: (snapshot: Snapshot) => void
  onLink: (link: Link) => void
  /** Waits before a failed fetch is tried again; a parameter so that tests need no time. */
  wait?: (attempt: number, signal: AbortSignal) => Promise<void>
}

/** More changes than this during one fetch mean that fetching anew is cheaper. */
const bufferLimit = 1_000

/**
 * Keeps a copy of the agent's state: subscribes first, then fetches a whole snapshot, buffers what changes meanwhile,
 * and applies only what is newer. A missed revision, another run of the agent, or a reconnect fetches anew. Whatever is
 * lost, doubled or late on the way, the copy ends in the agent's state. Returns the function that stops it.
 */
export function startSync(bridge: Bridge, { onSnapshot, onLink, wait = defaultWait }: SyncOptions): () => void {
  let current: Snapshot | null = null
  let buffer: Change[] = []
  /** The fetch under way; null when the copy follows the stream or the stream is lost. */
  let fetching: AbortController | null = null
  let open = false

  const show = (next: Snapshot) => {
    if (next !== current) onSnapshot(next)
    current = next
  }

  const abandon = () => {
    fetching?.abort()
    fetching = null
    buffer = []
  }

  const fetchAnew = () => {
    abandon()
    const mine = new AbortController()
    fetching = mine
    void fetchSnapshot(bridge, mine.signal, wait).then((snapshot) => {
      if (snapshot === null || mine.signal.aborted) return
      const next = replay(snapshot, buffer)
      if (next === null) {
        fetchAnew()
        return
      }
      fetching = null
      buffer = []
      show(next)
      onLink({ kind: 'live' })
    })
  }

  const unsubscribe = bridge.subscribe(
    (change) => {
      if (!open) return
      if (fetching !== null) {
        buffer.push(change)
        if (buffer.length > bufferLimit) fetchAnew()
        return
      }
      const next = current && applyChange(current, change)
      if (next === null) fetchAnew()
      else show(next)
    },
    (status) => {
      open = status.kind === 'open'
      if (status.kind === 'refused') {
        abandon()
        onLink(status)
      } else if (status.kind === 'lost') {
        abandon()
        onLink({ kind: current === null ? 'connecting' : 'reconnecting' })
      } else if (current !== null && current.epoch === status.epoch && current.revision === status.revision) {
        abandon()
        onLink({ kind: 'live' })
      } else fetchAnew()
    },
  )
  return () => {
    open = false
    abandon()
    unsubscribe()
  }
}

const defaultWait = (attempt: number, signal: AbortSignal) => pause(retryDelay(attempt), signal)

/** The whole state, tried until it comes; null when aborted. Never rejects: a fetch that fails is tried again. */
async function fetchSnapshot(bridge: Bridge, signal: AbortSignal, wait: NonNullable<SyncOptions['wait']>): Promise<Snapshot | null> {
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      return await bridge.call('snapshot.get', {})
    } catch {
      // The reason shows in the link: a stream that is lost or refused says so by itself.
      await wait(attempt, signal)
    }
  }
  return null
}

/** `snapshot` with the newer of `changes`; null when one of them does not follow. */
function replay(snapshot: Snapshot, changes: readonly Change[]): Snapshot | null {
  let next: Snapshot | null = snapshot
  for (const change of changes) next = next && applyChange(next, change)
  return next
}
