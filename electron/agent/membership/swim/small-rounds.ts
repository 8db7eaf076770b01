/**
 * Whom to ask when in a small mesh. Everybody asks everybody, but not all equally often: a buddy every other second, so
 * that whoever falls silent is noticed by somebody soon; deputies half as often, for buddies that fall silent together;
 * and all others now and then. Who was heard need not be asked. When one does not answer, everybody is asked: it may be
 * the network, or ourselves.
 */
import type { NodeId } from '../../components.ts'
import type { SwimContext } from './context.ts'
import type { LocalHealth } from './state/local-health.ts'
import { buddiesOf, deputiesOf } from './state/buddies.ts'
import { isPresent, type Member } from './state/member.ts'

/** A wait is at least this part of what it may be, at random: so of two that heard each other now one asks and now the other. */
const leastWait = 0.75
/** Those due within this time, ms, are asked together. */
const together = 100

interface Components extends Pick<SwimContext, 'self' | 'rules' | 'timers' | 'random' | 'table'> {
  health: LocalHealth
  heardAt: (node: NodeId) => number
  ask: (node: NodeId) => void
}

export function createSmallRounds({ self, rules, timers, random, table, health, heardAt, ask }: Components) {
  /** Monotonic times when members are asked next, if they are not heard before. */
  const dueAt = new Map<NodeId, number>()
  /** Asked whenever it would have been their turn. */
  const urgent = new Set<NodeId>()
  /** Intervals that those may be silent who are asked more often than others. */
  let watched: ReadonlyMap<NodeId, number> | null = null

  function others(): Member[] {
    const members: Member[] = []
    table.each((member) => void (member.node !== self && isPresent(member) && members.push(member)))
    return members
  }

  function watch(members: readonly Member[]): ReadonlyMap<NodeId, number> {
    const present = [self, ...members.map(({ node }) => node)]
    const deputies = [...deputiesOf(self, present)].map((node) => [node, rules.smallMeshTurns.deputy] as const)
    return new Map([...deputies, ...[...buddiesOf(self, present)].map((node) => [node, 1] as const)])
  }

  const longest = (node: NodeId) => health.factor * (watched?.get(node) ?? rules.smallMeshTurns.other) * rules.smallMeshInterval
  const wait = (node: NodeId) => longest(node) * (leastWait + (1 - leastWait) * random.fraction())

  /** When it is asked next; now, if not later than `now`. A newcomer's turn is at any time, so that not all come together. */
  function due(node: NodeId, now: number): number {
    const known = Math.min(dueAt.get(node) ?? now + random.fraction() * longest(node), now + longest(node))
    return known > now + together ? known : heardAt(node) + wait(node)
  }

  return {
    /** Asks those whose turn it is; gives the time until it is a buddy's or deputy's turn again, ms: others can wait as long. */
    next(): number {
      const now = timers.monotonic()
      const members = others()
      watched ??= watch(members)
      let first = now + rules.smallMeshInterval
      const asked: NodeId[] = []
      for (const { node } of members) {
        let at = due(node, now)
        if (at <= now + together || urgent.has(node)) {
          asked.push(node)
          at = now + wait(node)
        }
        dueAt.set(node, at)
        if (watched.has(node)) first = Math.min(first, at)
      }
      urgent.clear()
      for (const node of asked) ask(node)
      return Math.max(together, first - now)
    },
    /** Somebody came or went. */
    changed({ node, state }: Member): void {
      watched = null
      if (state === 'offline') dueAt.delete(node)
    },
    /** A probe that began then came to nothing: whoever was not heard since is asked. */
    failed(began: number): void {
      for (const { node, state } of others()) if (state === 'online' && heardAt(node) < began) urgent.add(node)
    },
  }
}
