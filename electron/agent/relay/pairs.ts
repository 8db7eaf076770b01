/** Pairs of members that a hub connects now: how many connections each has, what passes, and how to end them. */
import type { Duplex } from 'node:stream'
import type { MeshId, NodeId } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import type { createFairRate, Share } from './fair-rate.ts'
import { breakOff } from './joint.ts'

/** Connections of one pair, counted in both ways that each may take (tunnel and lane). */
const maxPerPair = 384
/** Connections of all pairs: each may hold two buffers of 64 KiB in either direction when its readers are slow. */
const maxTogether = 2_048

/** One connection of a pair. */
export interface Passage {
  /** These bytes have passed; see `Share`. */
  passed: Share['passed']
  leave(): void
}

interface Pair {
  readonly mesh: MeshId
  readonly nodes: readonly NodeId[]
  readonly share: Share
  readonly streams: Set<Duplex>
}

export interface Between {
  mesh: MeshId
  nodes: readonly [NodeId, NodeId]
}

interface PairsComponents {
  clock: Clock
  rateOf: (mesh: MeshId) => ReturnType<typeof createFairRate>
}

export function createPairs({ clock, rateOf }: PairsComponents) {
  const open = new Map<string, Pair>()
  const moved = new Map<MeshId, number>()
  const rates = new Map<MeshId, number>()
  let measuredAt = clock.monotonic()
  let connections = 0

  const isMoving = () => open.size > 0 || [...rates.values()].some((rate) => rate > 0)
  const keyOf = ({ mesh, nodes }: Between) => [mesh, ...nodes.toSorted()].join(' ')

  const cut = (which: (pair: Pair) => boolean) => {
    for (const pair of open.values()) if (which(pair)) for (const stream of pair.streams) breakOff(stream)
  }

  return {
    /** Throws `too_many`. */
    check(between: Between): void {
      if (connections < maxTogether && (open.get(keyOf(between))?.streams.size ?? 0) < 2 * maxPerPair) return
      throw new FcnError('too_many', 'This hub connects as many as it can.', { action: 'Ask again in a moment.' })
    },
    /** Two streams are joined from now on. */
    enter(between: Between, one: Duplex, other: Duplex): Passage {
      const { mesh, nodes } = between
      const key = keyOf(between)
      if (!isMoving()) measuredAt = clock.monotonic()
      const pair = open.get(key) ?? { mesh, nodes, share: rateOf(mesh).share(), streams: new Set() }
      open.set(key, pair)
      connections++
      pair.streams.add(one).add(other)
      return {
        passed(bytes, resume) {
          moved.set(mesh, (moved.get(mesh) ?? 0) + bytes)
          return pair.share.passed(bytes, resume)
        },
        leave() {
          connections--
          pair.streams.delete(one)
          pair.streams.delete(other)
          if (pair.streams.size === 0) open.delete(key)
        },
      }
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
    isMoving,
    cutMesh: (mesh: MeshId) => cut((pair) => pair.mesh === mesh),
    cutNode: (node: NodeId) => cut(({ nodes }) => nodes.includes(node)),
    cutAll: () => cut(() => true),
  }
}
