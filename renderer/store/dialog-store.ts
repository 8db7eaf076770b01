import { createStore, type StoreApi } from 'zustand/vanilla'

/** How to join: a node found on this network, the URL of any, an invite. */
export const joinWays = ['network', 'url', 'invite'] as const
export type JoinWay = (typeof joinWays)[number]

/** The dialogs reachable from everywhere. Which one is open is state of the window, not of the agent. */
export type Dialog =
  | { kind: 'join'; joinId?: string; way?: JoinWay; invite?: string }
  | { kind: 'create-mesh' }
  | { kind: 'mesh'; meshId: string }
  | { kind: 'policies'; meshId: string }
  | { kind: 'leave-mesh'; meshId: string }
  | { kind: 'save-recovery'; meshId: string }
  | { kind: 'restore-recovery' }
  | { kind: 'invite'; meshId?: string }
  | { kind: 'approve'; requestId: string }
  | { kind: 'renew-identity' }

interface DialogState {
  dialog: Dialog | null
  open: (dialog: Dialog) => void
  close: () => void
}

export type DialogStore = StoreApi<DialogState>

/** At most one dialog is open; opening another replaces it. */
export const createDialogStore = (): DialogStore =>
  createStore((set) => ({
    dialog: null,
    open: (dialog) => set({ dialog }),
    close: () => set({ dialog: null }),
  }))
