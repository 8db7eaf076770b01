import type { Identity, NodeId } from '../../../electron/agent/components.ts'
import type { SwimTransport } from '../../../electron/agent/membership/swim/ports.ts'
import type { Swim } from '../../../electron/agent/membership/swim/swim.ts'

/** A core as its network knows it. */
export type Receiver = Pick<Swim, 'receive' | 'answer' | 'connectionFailed'>

/** What carries messages between the cores of one process, and how their machines are made to fail. */
export interface MeshNetwork {
  readonly name: string
  /** Puts a node on the network; `receiver` is asked for from the first message on. */
  join(identity: Identity, receiver: () => Receiver): Promise<SwimTransport>
  /** Its process dies: connections that stand are reset, new ones refused. */
  kill(node: NodeId): void
  /** Its cable is pulled: no reset, no goodbye, and nothing comes back. */
  silence(node: NodeId): void
  /** What `sent` counts: the text of messages, or what leaves a machine, headers of TCP/IP included. */
  readonly counts: 'payload' | 'packets'
  /** Bytes sent by all nodes, from the first call or earlier. */
  sent(): Promise<number>
  close(): Promise<void>
}
