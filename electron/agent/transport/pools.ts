import type { TLSSocket } from 'node:tls'
import { type buildConnector, Pool } from 'undici'
import type { NodeId } from '../components.ts'
import { isRelayUrl } from '../protocol/relay-url.ts'
import { type Dial, originOfRelayed } from './dial.ts'

/**
 * Connections per address: more than a node takes from one peer as its own limits go (contract/routing.ts), so that it says
 * `busy` before requests wait here for streams that may last for ever.
 */
const connectionsPerAddress = 160
/** An idle connection is closed after this time, ms: longer than the pause between two probes. */
const keepAlive = 30_000
/** One on which nothing was ever asked, ms: the other side takes it for a late request after 15 s. */
const keepOffered = 10_000
/** Pools kept; the one unused for longest is closed first. */
const maxPools = 256

/** Requests that wait for a connection to an address; more are refused. */
const maxWaiting = 256

/** Kept connections to one address of a node. */
export interface Way {
  /** What its requests are for. */
  readonly origin: string
  readonly pool: Pool
  /** Makes one more connection, for a request that the pool cannot send. */
  readonly connect: buildConnector.connector
  /** Streamed requests under way; counted by whoever sends them, since undici's own count goes through all connections. */
  active: number
  /** A connection that is up already, for whoever asks next. */
  offer(socket: TLSSocket): void
}

interface KeptWay extends Way {
  used: number
  /** Ends what nobody has asked anything on yet. */
  dropOffered(): void
}

/** More wait than it answers. */
export const isOverloaded = ({ active }: Way): boolean => active >= connectionsPerAddress + maxWaiting

/** Kept connections to nodes, a small pool per address. */
export interface Pools {
  of(node: NodeId, url: string): Way
  /** Closes what leads to a node, or to one address of it, once its requests have ended. */
  forget(node: NodeId, url?: string): void
  destroy(): Promise<void>
}

export function createPools({ dial }: { dial: Dial }): Pools {
  const nodes = new Map<NodeId, Map<string, KeptWay>>()
  let count = 0
  let uses = 0

  function newWay(node: NodeId, url: string): KeptWay {
    const { connect, offer, drop } = withOffered(dial.connector(node, url))
    const origin = isRelayUrl(url) ? originOfRelayed(node) : url
    const pool = new Pool(origin, {
      connect,
      connections: connectionsPerAddress,
      keepAliveTimeout: keepAlive,
      keepAliveMaxTimeout: keepAlive,
      bodyTimeout: 0, // streams may pause; the caller's signal ends them
    })
    return { origin, pool, connect, offer, dropOffered: drop, active: 0, used: 0 }
  }

  const close = (pool: Pool) => void pool.close().catch(() => undefined) // a pool that is destroyed already is closed, too

  const closeOldest = () => {
    let oldest: { node: NodeId; url: string; pool: Pool; used: number } | null = null
    for (const [node, ways] of nodes)
      for (const [url, way] of ways) if (oldest === null || way.used < oldest.used) oldest = { node, url, ...way }
    if (oldest !== null) forget(oldest.node, oldest.url)
  }

  function forget(node: NodeId, url?: string): void {
    const ways = nodes.get(node)
    for (const [address, { pool, dropOffered }] of ways ?? []) {
      if (url !== undefined && address !== url) continue
      ways?.delete(address)
      count--
      close(pool)
      dropOffered()
    }
    if (ways?.size === 0) nodes.delete(node)
  }

  return {
    of(node, url) {
      const ways = nodes.get(node) ?? new Map<string, KeptWay>()
      let way = ways.get(url)
      if (way === undefined) {
        if (count >= maxPools) closeOldest()
        way = newWay(node, url)
        ways.set(url, way)
        nodes.set(node, ways)
        count++
      }
      way.used = uses++
      return way
    },
    forget,
    async destroy() {
      const open = [...nodes.values()].flatMap((ways) => [...ways.values()])
      nodes.clear()
      count = 0
      for (const { dropOffered } of open) dropOffered()
      await Promise.all(open.map(({ pool }) => pool.destroy()))
    },
  }
}

interface Offering {
  connect: buildConnector.connector
  offer: (socket: TLSSocket) => void
  drop: () => void
}

/** A connector that hands out what it was offered before it dials. What nobody takes is closed, as is what the other side ends. */
function withOffered(dialled: buildConnector.connector): Offering {
  const offered = new Map<TLSSocket, () => void>()
  const events = ['error', 'timeout', 'readable'] as const // nothing comes before something is asked, but its end
  return {
    connect(options, callback) {
      const [first] = offered
      if (first === undefined) {
        dialled(options, callback)
        return
      }
      const [socket, destroy] = first
      offered.delete(socket)
      for (const event of events) socket.off(event, destroy)
      socket.setTimeout(0)
      queueMicrotask(() => callback(null, socket)) // undici does not go on when it is called back at once
    },
    offer(socket) {
      const destroy = () => void socket.destroy()
      offered.set(socket, destroy)
      socket.once('close', () => offered.delete(socket))
      for (const event of events) socket.on(event, destroy)
      socket.setTimeout(keepOffered)
    },
    drop() {
      for (const destroy of offered.values()) destroy()
    },
  }
}
