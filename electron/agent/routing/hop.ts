import type { IncomingHttpHeaders } from 'node:http'
import type { Duplex } from 'node:stream'
import type { NodeId, PeerRequest, PeerResponse } from '../components.ts'

/** A request without its path, which the hop knows. */
export type HopRequest = Omit<PeerRequest, 'path'>
export type HopUpgrade = Omit<HopRequest, 'body'> & { protocol: string }

/** One way to get a request served: the program behind this node, or a peer. Both throw FcnErrors. */
export interface Hop {
  node: NodeId
  name: string
  path: 'local' | 'direct'
  request(message: HopRequest): Promise<PeerResponse>
  /** Throws an error with `details.status` when the other side answered with something else than 101. */
  upgrade(message: HopUpgrade): Promise<{ headers: IncomingHttpHeaders; socket: Duplex }>
}

/** What went through, for accounting. */
export interface Traffic {
  bytesIn: number
  bytesOut: number
}
