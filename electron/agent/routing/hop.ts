import type { IncomingHttpHeaders } from 'node:http'
import type { Duplex } from 'node:stream'
import type { NodeId } from '../components.ts'
import type { AnswerHandler, StreamedRequest } from '../support/answer-handler.ts'
import type { Door } from '../support/knock.ts'

/** A request without its path, which the hop knows. */
export type HopRequest = Omit<StreamedRequest, 'path'>

export interface HopUpgrade {
  method: string
  headers: Record<string, string | string[]>
  protocol: string
  /** Longest wait for the head of the answer, ms. */
  headersTimeout: number
  signal: AbortSignal
}

/** One way to get a request served: the program behind this node, or a peer. */
export interface Hop {
  node: NodeId
  name: string
  path: 'local' | 'direct' | 'relayed'
  /** Where its machine takes connections from here; absent for this machine, and for one that is reached through a hub or by a name. */
  readonly door?: Door | null
  /** A part of this node answers, not a program behind it: its `x-fcn-` headers are this node's word. */
  speaksForNode?: true
  /** Never throws; every end is told to the handler, failures as FcnErrors. */
  dispatch(message: HopRequest, handler: AnswerHandler): void
  /** Throws FcnErrors; one with `details.status` when the other side answered with something else than 101. */
  upgrade(message: HopUpgrade): Promise<{ headers: IncomingHttpHeaders; socket: Duplex }>
}

/** What went through, for accounting. */
export interface Traffic {
  bytesIn: number
  bytesOut: number
}
