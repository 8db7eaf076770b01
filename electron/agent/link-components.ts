/** How membership and the links of transport know each other; as components.ts, which passes it on, without any implementation. */
import type { Duplex } from 'node:stream'
import type { NodeId, Startable } from './components.ts'
import type { Clock } from './support/clock.ts'
import type { Signal } from './support/signal.ts'

/** What links need; `dial` makes the pinned connection. */
export interface LinksComponents {
  self: NodeId
  clock: Clock
  /** Makes a connection to the node; throws FcnError, `unreachable` with `details.refused` when every address refused. */
  dial: (node: NodeId, signal: AbortSignal) => Promise<Duplex>
  /** Takes what went wrong inside while a question was answered. */
  report: (error: unknown) => void
}

export interface LinkHandlers {
  /** What an authenticated peer says, still to be validated. */
  said: (node: NodeId, body: unknown) => void
  /** What it asks; an answer of undefined refuses, so that the asking side fails at once. */
  asked: (node: NodeId, body: unknown) => unknown
}

/** One kept connection per active peer. What is said may be lost; questions are answered or fail. */
export interface Links extends Startable {
  say(node: NodeId, body: unknown): void
  /** Rejects with FcnError after `limit` ms, or when the peer cannot be reached or refuses. */
  ask(node: NodeId, body: unknown, limit: number): Promise<unknown>
  /** Takes over a connection that a peer has made. */
  accept(node: NodeId, socket: Duplex): void
  /** Nodes with an open link. */
  readonly open: { has(node: NodeId): boolean; readonly size: number; nodes(): NodeId[] }
  /** Those and nodes to which one is being made. */
  readonly near: { has(node: NodeId): boolean; readonly size: number }
  /** There is a better way to the node: a link that is open is made anew over it. */
  renew(node: NodeId): void
  /** Ends the link: because it is not needed (`bye`), or because nothing comes through it any more. */
  close(node: NodeId, how: 'bye' | 'broken'): void
  /** A link was made, also where there was one before. */
  readonly opened: Signal<NodeId>
  /** `refused`: nobody listens there · `lost`: an open link broke · `unreachable`: anything else. */
  readonly failed: Signal<{ node: NodeId; how: 'refused' | 'lost' | 'unreachable' }>
}

/** Makes the links of a node. */
export type LinkMaker = (components: LinksComponents, handlers: LinkHandlers) => Links
