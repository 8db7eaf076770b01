/** The page's only door to the node. Runs sandboxed in each window, before any script of the page. */
import { contextBridge, ipcRenderer } from 'electron'
import type { CallName, CallResult } from './contract/calls.ts'
import type { Change } from './contract/patch.ts'
import { callChannel, changesChannel } from './ipc/channels.ts'

contextBridge.exposeInMainWorld('fcn', {
  /** One call of the contract. The answer is a result; it rejects only when `input` cannot be copied. */
  invoke: <N extends CallName>(name: N, input: unknown) => ipcRenderer.invoke(callChannel, name, input) as Promise<CallResult<N>>,
  /** Each change of the node's state, in order. Returns the function that ends it. */
  onChange(listener: (change: Change) => void) {
    const deliver = (_event: unknown, changes: Change[]) => changes.forEach((change) => listener(change))
    ipcRenderer.on(changesChannel, deliver)
    return () => void ipcRenderer.off(changesChannel, deliver)
  },
})
