import type { CallInput, CallName, CallResult } from '../../electron/contract/calls.ts'
import { change } from '../../electron/contract/patch.ts'
import { readAnswer } from './answer.ts'
import { type Bridge, CallError } from './bridge.ts'

/** What the preload exposes as `window.fcn`. */
export interface FcnWindow {
  invoke<N extends CallName>(name: N, input: CallInput<N>): Promise<CallResult<N>>
  /** `listener` gets every Change; the returned function ends it. */
  onChange(listener: (change: unknown) => void): () => void
}

/** The door inside Electron. The agent lives in the main process: as long as this window lives, the stream is open. */
export function createIpcBridge(fcn: FcnWindow): Bridge {
  return {
    async call(name, input) {
      let result: CallResult<typeof name>
      try {
        result = await fcn.invoke(name, input)
      } catch {
        throw new CallError({ code: 'not_running', message: 'The node does not answer.', action: 'Quit the program and start it again.' })
      }
      return readAnswer(name, result.ok ? { value: result.value } : { error: result.error })
    },
    subscribe(onChange, onStatus) {
      const end = fcn.onChange((raw) => {
        const parsed = change.safeParse(raw)
        // A change this page cannot read counts as a break in the stream: the state is fetched anew.
        if (parsed.success) onChange(parsed.data)
        else onStatus({ kind: 'open', epoch: null, revision: null })
      })
      onStatus({ kind: 'open', epoch: null, revision: null })
      return end
    },
  }
}
