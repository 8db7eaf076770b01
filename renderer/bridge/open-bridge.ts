import type { Bridge } from './bridge.ts'
import { createHttpBridge } from './http-bridge.ts'
import { createIpcBridge, type FcnWindow } from './ipc-bridge.ts'

declare global {
  interface Window {
    /** Exposed by the preload; absent in a browser. */
    readonly fcn?: FcnWindow
  }
}

/** The door that fits where this page runs: IPC in Electron, loopback HTTP in a browser. */
export const openBridge = (window: Window): Bridge => (window.fcn ? createIpcBridge(window.fcn) : createHttpBridge())
