import type { CallInput, CallName, CallOutput } from '../../electron/contract/calls.ts'
import type { Failure } from '../../electron/contract/failure.ts'
import type { Change } from '../../electron/contract/patch.ts'

/**
 * What is known of the event stream. `open` names the agent's state when it opened, where the transport tells it;
 * `refused` means the agent answers but does not let this page in.
 */
export type LinkStatus =
  { kind: 'open'; epoch: string | null; revision: number | null } | { kind: 'lost' } | { kind: 'refused'; failure: Failure }

/** The one door between the window and the agent. Two transports fit it: HTTP (a browser) and IPC (Electron). */
export interface Bridge {
  /** Resolves with the validated answer; rejects with CallError, whatever went wrong on the way. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>
  /**
   * Opens the event stream and keeps it open, reconnecting by itself. Changes come in the agent's order between an
   * `open` and the next `lost`. Returns the function that closes it.
   */
  subscribe(onChange: (change: Change) => void, onStatus: (status: LinkStatus) => void): () => void
}

/** A call that failed, with the sentence to show. The only error `Bridge.call` rejects with. */
export class CallError extends Error {
  override readonly name = 'CallError'
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.message)
    this.failure = failure
  }
}

/** Any thrown thing as a Failure that can be shown. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof CallError) return thrown.failure
  return { code: 'internal', message: thrown instanceof Error ? thrown.message : String(thrown) }
}
