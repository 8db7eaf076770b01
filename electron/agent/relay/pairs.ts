/** Pairs of members that a hub connects now: how many connections each has, what passes, and how to end them. */
import type { Duplex } from 'node:stream'
import type { MeshId, NodeId } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import type { createFairRate, Share } from './fair-rate.ts'

/** Connections of one pair, counted in both ways that each may take (tunnel and lane). */
const maxPerPair = 384
/** Connections of all pairs: each may hold two buffers of 64 KiB in either direction when its readers are slow. */
const maxTogether = 2_048

export interface Pair {
  readonly mesh: MeshId
  readonly share: Share
  /** Two streams are joined from now on; returns the function that counts them out. */
  enter(one: Duplex, other: Duplex): () => void
  count(bytes: number): void
}

interface OpenPair extends Pair {
  readonly nodes: readonly NodeId[]
  readonly streams: Set<Duplex>
}

export function createPairs({ clock }: { clock: Clock }) {
  const open = new Map<string, OpenPair>()
  const moved = new Map<MeshId, number>()
  const rates = new Map<MeshId, number>()
  let measuredAt = clock.monotonic()
  let connections = 0

  function make(mesh: MeshId, nodes: readonly NodeId[], key: string, share: Share): OpenPair {
    const pair: OpenPair = {
      mesh,
      nodes,
      share,
      streams: new Set(),
      enter(one, other) {
        const { streams } = open.get(key) ?? pair // a lane may come when its pair has been given up and is there anew
        if (streams === pair.streams) open.set(key, pair)
        connections++
        streams.add(one).add(other)
        return () => {
          connections--
          streams.delete(one)
          streams.delete(other)
          if (streams.size === 0 && open.get(key)?.streams === streams) open.delete(key)
        }
      },
      count: (bytes) => void moved.set(mesh, (moved.get(mesh) ?? 0) + bytes),
    }
    return pair
  }

  const cut = (which: (pair: OpenPair) => boolean) => {
    for (const pair of open.values()) if (which(pair)) for (const stream of pair.streams) stream.destroy()
  }

  return {
    /** Throws `too_many`. */
    of(mesh: MeshId, nodes: readonly [NodeId, NodeId], rateOf: (mesh: MeshId) => ReturnType<typeof createFairRate>): Pair {
      const key = [mesh, ...nodes.toSorted()].join(' ')
      const pair = open.get(key)
      if (connections >= maxTogether || (pair?.streams.size ?? 0) >= 2 * maxPerPair) {
        throw new FcnError('too_many', 'This hub connects as many as it can.', { action: 'Ask again in a moment.' })
      }
      return pair ?? make(mesh, nodes, key, rateOf(mesh).share())
    },
    meshes: (): MeshId[] => [...new Set([...open.values()].map(({ mesh }) => mesh))],
    use(mesh: MeshId): { open: number; bytesPerSecond: number } {
      return { open: [...open.values()].filter((pair) => pair.mesh === mesh).length, bytesPerSecond: rates.get(mesh) ?? 0 }
    },
    /** Works out the rates since the last time; returns whether one is another now. */
    measure(): boolean {
      const now = clock.monotonic()
      const seconds = Math.max(1, now - measuredAt) / 1_000
      measuredAt = now
      let isOther = false
      for (const mesh of new Set([...moved.keys(), ...rates.keys()])) {
        const rate = Math.round((moved.get(mesh) ?? 0) / seconds)
        isOther ||= rate !== (rates.get(mesh) ?? 0)
        rates.set(mesh, rate)
      }
      moved.clear()
      return isOther
    },
    isMoving: () => open.size > 0 || [...rates.values()].some((rate) => rate > 0),
    cutMesh: (mesh: MeshId) => cut((pair) => pair.mesh === mesh),
    cutNode: (node: NodeId) => cut(({ nodes }) => nodes.includes(node)),
    cutAll: () => cut(() => true),
  }
}
