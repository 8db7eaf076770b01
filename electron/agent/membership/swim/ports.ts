/** What the membership core needs from the outside, and the signed things it carries without looking into them. */
import type { NodeId } from '../../components.ts'
import type { Answer, Message, Request } from './messages.ts'

export type MaybePromise<T> = T | Promise<T>

/** What a node says of itself. Newest version wins; anybody may relay it, nobody can alter it. */
export interface SignedRecord {
  readonly node: NodeId
  /** Grows with every change, across restarts too. */
  readonly version: number
  /** The node has left the mesh for good; the token says so too. */
  readonly left: boolean
  readonly token: string
}

/** "I am here" or "I stop now", signed by its node. Newest incarnation wins. */
export interface Statement {
  readonly node: NodeId
  /** Grows with every statement of the node, across restarts too. */
  readonly incarnation: number
  readonly gone: boolean
  readonly token: string
}

/** A removal from the mesh, signed by somebody who may. Kept for ever; newest version per node wins. Ends nothing by itself: see `admits`. */
export interface RemovalNotice {
  readonly node: NodeId
  readonly version: number
  readonly token: string
}

/** A question to a node and its answer by nonce, so that a helper cannot make an answer up. */
export interface ProofOfLife {
  readonly node: NodeId
  readonly asker: NodeId
  readonly nonce: string
  readonly token: string
}

/**
 * Carries messages to a member over one authenticated connection. `from` of what arrives must be the authenticated
 * peer; what arrives goes through `parseMessage` and `parseRequest` first.
 */
export interface SwimTransport {
  /** Sends and forgets: may be lost, late or doubled, never altered. Must not call back into the core before it returns. */
  send(node: NodeId, message: Message): void
  /** A question over a reliable channel; rejects after `limit` ms or when the peer cannot be reached. */
  exchange(node: NodeId, request: Request, limit: number): Promise<Answer>
  /** Nodes that can be told something without a further connection: one stands, or is being made. */
  readonly connected: { has(node: NodeId): boolean; readonly size: number }
}

/** Signatures. The checks may take their time; the core bounds how many are under way. They must not throw. */
export interface SwimTrust {
  sign(statement: Omit<Statement, 'node' | 'token'>): MaybePromise<string>
  prove(question: Omit<ProofOfLife, 'node' | 'token'>): MaybePromise<string>
  /** True when every field is what the node itself signed, and it was admitted to this mesh. */
  checkRecord(record: SignedRecord): MaybePromise<boolean>
  checkStatement(statement: Statement, record: SignedRecord): MaybePromise<boolean>
  checkNotice(notice: RemovalNotice): MaybePromise<boolean>
  checkProof(proof: ProofOfLife, record: SignedRecord): MaybePromise<boolean>
  /** Whether the node of a checked record is a member now, by all that is known here; `notice` is a checked removal of it. */
  admits(record: SignedRecord, notice: RemovalNotice | null): boolean
}
