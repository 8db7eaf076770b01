import type { SecureContext } from 'node:tls'
import { type buildConnector, Pool } from 'undici'
import type { NodeId } from '../components.ts'
import { createPinnedConnector } from './pinned-connector.ts'

/** Longest time until an address has shown its key, ms; longer delays the next address, shorter loses slow links. */
const connectTimeout = 3_000
/**
 * Connections per address: more than a node takes from one peer as its own limits go (contract/routing.ts), so that it says
 * `busy` before requests wait here for streams that may last for ever.
 */
const connectionsPerAddress = 160
/** An idle connection is closed after this time, ms: longer than the pause between two probes. */
const keepAlive = 30_000
/** Pools kept; the one unused for longest is closed first. */
const maxPools = 256

/** Requests that wait for a connection to an address; more are refused. */
const maxWaiting = 256

/** Kept connections to one address of a node. */
export interface Way {
  readonly pool: Pool
  /** Makes one more connection, for a request that the pool cannot send. */
  readonly connect: buildConnector.connector
  /** Streamed requests under way; counted by whoever sends them, since undici's own count goes through all connections. */
  active: number
}

/** More wait than it answers. */
export const isOverloaded = ({ active }: Way): boolean => active >= connectionsPerAddress + maxWaiting

/** Kept connections to nodes, a small pool per address. */
export interface Pools {
  of(node: NodeId, url: string): Way
  /** Closes what leads to a node, once its requests have ended. */
  forget(node: NodeId): void
  destroy(): Promise<void>
}

export function createPools({ context }: { context: SecureContext }): Pools {
  const nodes = new Map<NodeId, Map<string, Way & { used: number }>>()
  let count = 0
  let uses = 0

  const newWay = (node: NodeId, url: string) => {
    const connect = createPinnedConnector({ context }, { expected: node, connectTimeout })
    const pool = new Pool(url, {
      connect,
      connections: connectionsPerAddress,
      keepAliveTimeout: keepAlive,
      keepAliveMaxTimeout: keepAlive,
      bodyTimeout: 0, // streams may pause; the caller's signal ends them
    })
    return { pool, connect, active: 0, used: 0 }
  }

  const close = (pool: Pool) => void pool.close().catch(() => undefined) // a pool that is destroyed already is closed, too

  const closeOldest = () => {
    let oldest: { node: NodeId; url: string; pool: Pool; used: number } | null = null
    for (const [node, ways] of nodes)
      for (const [url, way] of ways) if (oldest === null || way.used < oldest.used) oldest = { node, url, ...way }
    if (oldest === null) return
    nodes.get(oldest.node)?.delete(oldest.url)
    count--
    close(oldest.pool)
  }

  return {
    of(node, url) {
      const ways = nodes.get(node) ?? new Map<string, Way & { used: number }>()
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
    forget(node) {
      const ways = nodes.get(node)
      nodes.delete(node)
      count -= ways?.size ?? 0
      for (const { pool } of ways?.values() ?? []) close(pool)
    },
    async destroy() {
      const open = [...nodes.values()].flatMap((ways) => [...ways.values()])
      nodes.clear()
      count = 0
      await Promise.all(open.map(({ pool }) => pool.destroy()))
    },
  }
}
