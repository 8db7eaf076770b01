import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { NodeId } from '../components.ts'
import type { CallerOf } from './caller.ts'

/** Which encrypted connections each node has open here, upgraded ones included. */
export interface NodeConnections {
  watch(server: Server): void
  /** Ends them all at once. */
  cut(node: NodeId): void
}

export function createNodeConnections(callerOf: CallerOf): NodeConnections {
  const open = new Map<NodeId, Set<Socket>>()

  const enter = (node: NodeId, socket: Socket) => {
    const sockets = open.get(node) ?? new Set()
    open.set(node, sockets.add(socket))
    socket.once('close', () => {
      sockets.delete(socket)
      if (sockets.size === 0 && open.get(node) === sockets) open.delete(node)
    })
  }

  return {
    watch(server) {
      server.on('secureConnection', (socket: TLSSocket) => {
        const caller = callerOf(socket)
        if (caller.kind === 'node') enter(caller.id, socket)
      })
    },
    cut(node) {
      for (const socket of open.get(node) ?? []) socket.destroy()
    },
  }
}
