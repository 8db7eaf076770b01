import type { Membership, NodeId, Startable, Transport } from './components.ts'

interface ExpulsionComponents {
  membership: Pick<Membership, 'expelled'>
  transport: Pick<Transport, 'forget'>
  server: { disconnect(node: NodeId): void }
}

/** A node that is no member any more keeps no way here: its connections are cut, and its addresses forgotten. */
export function createExpulsion({ membership, transport, server }: ExpulsionComponents): Startable {
  let end: (() => void) | null = null
  return {
    async start() {
      end ??= membership.expelled.subscribe((node) => {
        server.disconnect(node)
        transport.forget(node)
      })
    },
    async stop() {
      end?.()
      end = null
    },
  }
}
