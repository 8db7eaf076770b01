import { createContext, useContext, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { Snapshot } from '../../electron/contract/snapshot.ts'
import type { Bridge } from '../bridge/bridge.ts'
import type { Link } from '../bridge/sync.ts'
import type { Dialog, DialogStore } from './dialog-store.ts'
import type { StateStore } from './state-store.ts'

/** What every screen may use: the state, the door, the dialogs. */
export interface AppParts {
  state: StateStore
  dialogs: DialogStore
  call: Bridge['call']
}

export const AppContext = createContext<AppParts | null>(null)

function useParts(): AppParts {
  const parts = useContext(AppContext)
  if (parts === null) throw new Error('a screen was rendered outside the app')
  return parts
}

/** A part of the state; the component renders again only when that part changes (compared one level deep). */
export function useSnapshot<T>(select: (snapshot: Snapshot) => T): T {
  return useStore(
    useParts().state,
    useShallow(({ snapshot }) => {
      if (snapshot === null) throw new Error('a screen was rendered before the first snapshot')
      return select(snapshot)
    }),
  )
}

/** Whether the first snapshot came; screens are rendered only then. */
export const useHasSnapshot = (): boolean => useStore(useParts().state, ({ snapshot }) => snapshot !== null)

export const useLink = (): Link => useStore(useParts().state, ({ link }) => link)

/** Since when the agent does not answer; null while it does. */
export const useLostAt = (): number | null => useStore(useParts().state, ({ lostAt }) => lostAt)

export const useCall = (): Bridge['call'] => useParts().call

export const useDialog = (): Dialog | null => useStore(useParts().dialogs, ({ dialog }) => dialog)

/** The functions that open and close dialogs; they never change. */
export function useDialogs(): { open: (dialog: Dialog) => void; close: () => void } {
  const { open, close } = useParts().dialogs.getState()
  return { open, close }
}

/** Which state is shown, looked at every `interval` ms: for what has to be asked anew when it moved, but not at each step. */
export function useSampledRevision(interval: number): string {
  const { state } = useParts()
  const [seen, setSeen] = useState(() => revisionOf(state.getState().snapshot))
  useEffect(() => {
    const timer = setInterval(() => setSeen(revisionOf(state.getState().snapshot)), interval)
    return () => clearInterval(timer)
  }, [state, interval])
  return seen
}

const revisionOf = (snapshot: Snapshot | null) => (snapshot === null ? '' : `${snapshot.epoch} ${snapshot.revision}`)
