import type { CallName, CallResult } from '../contract/calls.ts'
import type { Change } from '../contract/patch.ts'
import type { Snapshot } from '../contract/snapshot.ts'
import type { SettingsStore, Startable } from './components.ts'
import type { FcnError } from './errors.ts'
import type { Logger } from './support/logger.ts'
import type { Signal } from './support/signal.ts'

export interface NodeOptions {
  /** Folder for everything this node keeps; made with mode 0700 when absent. */
  dataDir: string
  face: 'desktop' | 'headless'
  version: string
  log: Logger
  /** Opens `settings.json` in the data folder: electron-store in the app, conf elsewhere. */
  openSettings: (dataDir: string, defaults: { name: string }) => SettingsStore
  /** Choices of this start (command line); they win over settings and are not saved, except a name. */
  chosen?: { name?: string; port?: number; host?: string }
  /** Folder of the built page; served on loopback when given. */
  pageDir?: string
}

/** The whole node, whatever face it has. */
export interface Node extends Startable {
  snapshot(): Snapshot
  /** Each change of the snapshot, in order, without gaps. */
  readonly changes: Signal<Change>
  /** One call of the contract: input validated here, errors as a result. Never rejects. */
  call<N extends CallName>(name: N, input: unknown): Promise<CallResult<N>>
  /** A part that the node cannot do without has failed for good; the face should stop with `error.exitCode`. */
  readonly failed: Signal<FcnError>
}
