import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Snapshot } from '../../electron/contract/snapshot.ts'
import type { Bridge } from '../bridge/bridge.ts'
import { type Link, startSync } from '../bridge/sync.ts'
import { createPaced, type Pace } from './paced.ts'

/** What the window knows: the agent's last known state, and how sure that is. */
export interface WindowState {
  /** Null until the first snapshot came. */
  snapshot: Snapshot | null
  link: Link
  /** Since when the agent does not answer, by this machine’s clock; null while it does, and before it ever did. */
  lostAt: number | null
}

/** The window's only copy of the agent's state. Nothing in the window writes to it but the sync. */
export type StateStore = StoreApi<WindowState>

/** A busy mesh changes fifty times a second, and nobody reads that fast: the window shows it at most every so often, ms. */
const showEvery = 100

interface StateStoreOptions {
  pace?: Pace
  /** The wall clock, ms. */
  now?: () => number
}

/** Makes the store and keeps it in step with the agent until `stop`. */
export function openStateStore(bridge: Bridge, { pace, now = Date.now }: StateStoreOptions = {}) {
  const store: StateStore = createStore(() => ({ snapshot: null, link: { kind: 'connecting' }, lostAt: null }))
  const shown = createPaced((snapshot: Snapshot) => store.setState({ snapshot }), showEvery, pace)
  const stop = startSync(bridge, {
    onSnapshot: shown.put,
    onLink: (link) => {
      shown.flush()
      store.setState(({ lostAt }) => ({ link, lostAt: link.kind === 'reconnecting' ? (lostAt ?? now()) : null }))
    },
  })
  /** A call through the bridge: what it has changed already is shown before its answer. */
  const call: Bridge['call'] = async (name, input) => {
    try {
      return await bridge.call(name, input)
    } finally {
      shown.flush()
    }
  }
  return {
    store,
    call,
    stop(): void {
      stop()
      shown.stop()
    },
  }
}
