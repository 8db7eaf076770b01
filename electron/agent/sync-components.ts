/** Hub sync of the old world, as the parts of the agent know it. */
import type { SyncEvery, SyncHubView, SyncTokenView } from '../contract/hub-sync.ts'
import type { Caller, Startable } from './components.ts'
import type { Signal } from './support/signal.ts'

/** Owner of the tokens with which others may sync with this node. */
export interface SyncTokens {
  readonly changed: Signal<void>
  list(): SyncTokenView[]
  /** A new token; `secret` is kept nowhere. Throws `too_many` (100). */
  create(name: string): { token: SyncTokenView; secret: string }
  /** Throws `not_found`. */
  revoke(id: string): SyncTokenView
  /** Whether it is a token of this node, in a time that says nothing about tokens. */
  matches(secret: string): boolean
  /** The token, which is noted as used from that address; null for a wrong one. Throws `too_many` (details: retryAfter, seconds). */
  use(secret: string, address: string): SyncTokenView | null
}

/** Owner of the hubs that this node syncs to, by timer and on demand. */
export interface SyncHubs extends Startable {
  readonly changed: Signal<void>
  list(): SyncHubView[]
  /** Throws `invalid_input`, `refused_address`, `own_address`, `conflict` for a known URL, `too_many` (8). */
  add(input: { url: string; token: string; every: SyncEvery }): SyncHubView
  /** Throws `not_found`. */
  set(id: string, change: { every?: SyncEvery | undefined; token?: string | undefined }): SyncHubView
  /** Ends what is under way with it. Throws `not_found`. */
  remove(id: string): SyncHubView
  /** Syncs now, or joins what is under way. Rejects with `not_found`, `not_running`; that a sync failed is in the view. */
  run(id: string): Promise<SyncHubView>
}

/** Notes who has synced with this node, for the audit log. */
export interface SyncUse {
  /** `token` is null for the API key. */
  synced(caller: Caller, token: SyncTokenView | null, result: { added: number; updated: number; skipped: number }): void
}
