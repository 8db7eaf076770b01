import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { createServer, type SecureContext, type TLSSocket } from 'node:tls'
import type { Identity, NodeId, Links } from '../../../electron/agent/components.ts'
import { FcnError } from '../../../electron/agent/errors.ts'
import { parseAnswer, parseMessage, parseRequest } from '../../../electron/agent/membership/swim/messages.ts'
import { systemClock } from '../../../electron/agent/support/clock.ts'
import { createLinks } from '../../../electron/agent/transport/links.ts'
import { codeOf } from '../../../electron/agent/transport/network-error.ts'
import { createDialContext, createPinnedConnector, nodeBehind } from '../../../electron/agent/transport/pinned-connector.ts'
import type { MeshNetwork, Receiver } from './mesh-network.ts'
import { createWireMeter } from './wire-meter.ts'

/** Longest time until TLS is up, ms; as the agent's. */
const connectTimeout = 3_000

type Condition = 'up' | 'killed' | 'silent'

interface Place {
  condition: Condition
  readonly port: number
  readonly links: Links
  /** Its ends of all connections, those still being made included. */
  readonly sockets: Set<Duplex>
  stopListening: () => void
}

/** The agent's links over TLS with pinned keys, on loopback. Without the HTTP request by which agents ask for a link. */
export function createTlsNetwork(): MeshNetwork {
  const places = new Map<NodeId, Place>()
  const meter = createWireMeter([process.pid])

  /** Keeps an end of a connection that belongs to a node, as long as that node is well. */
  function own<T extends Duplex>(node: NodeId, socket: T): T {
    const place = places.get(node)
    socket.on('error', () => undefined) // it is closed then, which is noticed
    place?.sockets.add(socket)
    socket.once('close', () => place?.sockets.delete(socket))
    if (place?.condition === 'silent') socket.pause()
    return socket
  }

  function dial(from: NodeId, context: SecureContext, to: NodeId): Promise<Duplex> {
    const connect = createPinnedConnector({ context }, { expected: to, connectTimeout })
    const port = String(places.get(to)?.port)
    return new Promise((resolve, reject) => {
      connect({ hostname: '127.0.0.1', host: `127.0.0.1:${port}`, port, protocol: 'https:' }, (error, socket) => {
        if (socket) resolve(own(from, socket))
        else reject(new FcnError('unreachable', 'No connection.', { cause: error, details: { refused: codeOf(error) === 'ECONNREFUSED' } }))
      })
    })
  }

  function createNodeLinks(identity: Identity, receiver: () => Receiver): Links {
    const context = createDialContext(identity)
    const links = createLinks(
      { self: identity.id, clock: systemClock, dial: (to) => dial(identity.id, context, to), report: () => undefined },
      {
        said(from, body) {
          const message = parseMessage(body)
          if (message) receiver().receive(from, message)
        },
        asked(from, body) {
          const request = parseRequest(body)
          return request ? receiver().answer(from, request) : undefined
        },
      },
    )
    links.failed.subscribe(({ node, how }) => {
      if (how !== 'unreachable') receiver().connectionFailed(node, how)
    })
    return links
  }

  async function listen({ id, tls }: Identity, accept: (node: NodeId, socket: TLSSocket) => void) {
    const options = { ...tls, minVersion: 'TLSv1.3' as const, requestCert: true, rejectUnauthorized: false }
    const server = createServer(options, (socket) => {
      const node = nodeBehind(socket)
      if (node) accept(node, own(id, socket))
      else socket.destroy()
    })
    server.on('tlsClientError', () => undefined) // the other side notices, too
    // a silent machine does not even begin with TLS
    server.prependListener('connection', (socket: Socket) => void own(id, socket))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return server
  }

  function leave(node: NodeId, condition: Condition): Place {
    const place = places.get(node)
    if (!place) throw new Error(`${node} is not on this network.`)
    place.condition = condition
    return place
  }

  function kill(node: NodeId): void {
    const { stopListening, sockets } = leave(node, 'killed')
    stopListening()
    for (const socket of sockets) socket.destroy()
  }

  return {
    name: 'loopback TLS',
    counts: 'TLS records',
    async join(identity, receiver) {
      const links = createNodeLinks(identity, receiver)
      const server = await listen(identity, (node, socket) => links.accept(node, socket))
      const { port } = server.address() as AddressInfo
      places.set(identity.id, { condition: 'up', port, links, sockets: new Set(), stopListening: () => void server.close() })
      await links.start()
      return {
        connected: links.near,
        send: (to, message) => links.say(to, message),
        async exchange(to, request, limit) {
          const answer = parseAnswer(await links.ask(to, request, limit))
          if (!answer) throw new Error('A core answered what its schema refuses.')
          return answer
        },
      }
    },
    kill,
    silence(node) {
      for (const socket of leave(node, 'silent').sockets) socket.pause()
    },
    async sent() {
      await meter.read()
      return meter.sent(process.pid).records
    },
    async close() {
      for (const [node, { links }] of places) {
        kill(node)
        await links.stop()
      }
    },
  }
}
