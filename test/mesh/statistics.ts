/** What a run cost, and how long things took. */
import { isPresent } from '../../electron/agent/membership/swim/state/member.ts'
import type { MemberChange } from '../../electron/agent/membership/swim/state/member-table.ts'
import type { Fault } from './scenarios.ts'
import type { SimNode } from './sim-node.ts'
import type { Watcher, World } from './world.ts'

/** Something that every honest running node should come to know. */
interface Awaited {
  what: 'kill' | 'silence' | 'change'
  at: number
  subject: SimNode
  waiting: Set<SimNode>
  version: number
  /** When the first and the last knew, ms after `at`. */
  first: number | null
  last: number | null
}

export interface Timing {
  what: Awaited['what']
  first: number | null
  last: number | null
}

export function createStatistics(world: () => World) {
  const awaited: Awaited[] = []
  const flaps = new Map<number, number>()
  let messages = 0
  let verdicts = 0
  /** Per second of virtual time. */
  const bytes: number[] = []

  function isWrong(observer: SimNode, subject: SimNode, { previous, current }: MemberChange): boolean {
    const { queue, network, isUp } = world()
    const isVerdict = isPresent(previous) && current.state === 'offline' && current.statement?.gone !== true
    const couldAnswer = isUp(observer) && isUp(subject) && queue.time >= subject.pausedUntil
    return isVerdict && couldAnswer && subject.standing === 'member' && network.connected(observer.index, subject.index)
  }

  function changed(observer: SimNode, { previous, current }: MemberChange): void {
    const subject = world().byId(current.node)
    if (!subject) return
    if (previous?.state === 'online' && current.state !== 'online' && subject.condition === 'up') {
      const key = observer.index * 65_536 + subject.index
      flaps.set(key, (flaps.get(key) ?? 0) + 1)
    }
    if (isWrong(observer, subject, { previous, current })) verdicts++
    for (const one of awaited) {
      if (one.subject !== subject || one.last !== null || !one.waiting.has(observer)) continue
      const knows = one.what === 'change' ? (current.record?.version ?? 0) >= one.version : current.state === 'offline'
      if (!knows) continue
      one.waiting.delete(observer)
      const after = world().queue.time - one.at
      one.first ??= after
      if (one.waiting.size === 0) one.last = after
    }
  }

  return {
    watcher: {
      changed,
      sent(_from, _to, _message, size) {
        messages++
        const second = Math.floor(world().queue.time / 1000)
        bytes[second] = (bytes[second] ?? 0) + size
      },
    } satisfies Watcher,
    fault({ kind }: Fault, nodes: readonly SimNode[]): void {
      if (kind !== 'kill' && kind !== 'silence' && kind !== 'change') return
      const { queue, nodes: all, isUp } = world()
      for (const subject of nodes) {
        const others = all.filter((node) => node !== subject && isUp(node) && !node.hostile && node.standing === 'member')
        awaited.push({ what: kind, at: queue.time, subject, waiting: new Set(others), version: subject.version, first: null, last: null })
      }
    },
    timings: (): Timing[] => awaited.map(({ what, first, last }) => ({ what, first, last })),
    messages: () => messages,
    /** Members held for offline that ran and could be reached, whatever happened to either side before. */
    wrongVerdicts: () => verdicts,
    /** Characters of JSON sent in each second of virtual time. */
    bytes: (seconds: number): number[] => Array.from({ length: seconds }, (_, second) => bytes[second] ?? 0),
    // one count per pair of nodes: too many for the arguments of a call
    mostFlaps: () => [...flaps.values()].reduce((most, count) => Math.max(most, count), 0),
  }
}
