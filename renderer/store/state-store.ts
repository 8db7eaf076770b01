import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Snapshot } from '../../electron/contract/snapshot.ts'
import type { Bridge } from '../bridge/bridge.ts'
import { type Link, startSync } from '../bridge/sync.ts'

/** What the window knows: the agent's last known state, and how sure that is. */
export interface WindowState {
  /** Null until the first snapshot came. */
  snapshot: Snapshot | null
  link: Link
}

/** The window's only copy of the agent's state. Nothing in the window writes to it but the sync. */
export type StateStore = StoreApi<WindowState>

/** Makes the store and keeps it in step with the agent until `stop`. */
export function openStateStore(bridge: Bridge): { store: StateStore; stop: () => void } {
  const store: StateStore = createStore(() => ({ snapshot: null, link: { kind: 'connecting' } }))
  const stop = startSync(bridge, {
    onSnapshot: (snapshot) => store.setState({ snapshot }),
    onLink: (link) => store.setState({ link }),
  })
  return { store, stop }
}
