/** The steady beat: whom to probe when, and now and then somebody believed offline, which is how partitions heal. */
import type { NodeId } from '../../components.ts'
import type { SwimContext } from './context.ts'
import type { Probing } from './probing.ts'
import type { LocalHealth } from './state/local-health.ts'
import { belongs, isPresent, type Member } from './state/member.ts'
import type { MemberChange } from './state/member-table.ts'
import { createProbeOrder } from './state/probe-order.ts'
import { createSmallRounds } from './small-rounds.ts'

/** A small mesh that is not what it was is looked through again after this time, ms. */
const hurry = 50
/** Members of a round passed over at a time because they are gone meanwhile. */
const maxSkipped = 16
/**
 * Who comes is there: while others come, a larger mesh asks nobody, so that a start does not make a connection for each
 * pair of members; but no longer than this, ms.
 */
const longestGrowth = 5_000

interface Components extends Pick<SwimContext, 'self' | 'rules' | 'timers' | 'random' | 'table'> {
  probing: Probing
  health: LocalHealth
  heardAt: (node: NodeId) => number
}

export function createRounds({ self, rules, timers, random, table, probing, health, heardAt }: Components) {
  const order = createProbeOrder(random)
  /** Those worth a try now and then. */
  const lost = new Set<NodeId>()
  const isSmall = () => table.present <= rules.smallMesh
  const small = createSmallRounds({ self, rules, timers, random, table, health, heardAt, ask: (node) => probing.probe(node) })
  let cancel: (() => void) | null = null
  let cancelHeal: (() => void) | null = null
  /** Monotonic times at which somebody came last, and since when they come one after the other. */
  const growth = { last: -Infinity, since: -Infinity }

  function grew(): void {
    const now = timers.monotonic()
    if (now - growth.last > rules.probeInterval) growth.since = now
    growth.last = now
  }

  function isGrowing(): boolean {
    const now = timers.monotonic()
    return now - growth.last < rules.probeInterval && now - growth.since < longestGrowth
  }

  function probeNext(): void {
    for (let skipped = 0; skipped < maxSkipped; skipped++) {
      const node = order.next(table.nodes)
      if (node === null) return
      if (node === self || !isPresent(table.get(node))) continue
      probing.probe(node)
      return
    }
  }

  function beat(): void {
    if (!isSmall() && !isGrowing()) probeNext()
    cancel = timers.after(isSmall() ? small.next() : rules.probeInterval * health.factor, beat)
  }

  function beatSoon(): void {
    if (!cancel || !isSmall()) return
    cancel()
    cancel = timers.after(hurry, beat)
  }

  /** Tries to reach one of those lost, again and again while there are some. */
  function heal(): void {
    if (cancel === null || lost.size === 0) return
    cancelHeal ??= timers.after(rules.healInterval * (0.8 + 0.4 * random.fraction()), () => {
      cancelHeal = null
      const node = [...lost][Math.floor(random.fraction() * lost.size)]
      if (node !== undefined) probing.probe(node, { faint: true })
      heal()
    })
  }

  /** Who said that it stops is one of them: when it is back, it may be able to answer us and not to call us. */
  const isLost = (member: Member) => member.state === 'offline' && belongs(member)

  function note(member: Member): void {
    if (isLost(member)) lost.add(member.node)
    else lost.delete(member.node)
    heal()
  }

  return {
    start(): void {
      cancel = timers.after(random.fraction() * rules.probeInterval, beat)
      if (table.size > table.present) table.each(note)
    },
    /** The timers were stopped; `start` begins anew. */
    stop(): void {
      cancel = null
      cancelHeal = null
    },
    /** A probe of somebody not believed gone came to nothing; it began at that monotonic time. */
    failed(began: number): void {
      if (!isSmall()) return
      small.failed(began)
      beatSoon()
    },
    /** A member changed. A newcomer is probed within the running round. */
    changed({ previous, current }: MemberChange): void {
      if (!previous && current.node !== self) {
        order.insert(current.node)
        grew()
      }
      note(current)
      if (isPresent(previous) === isPresent(current)) return
      small.changed(current)
      beatSoon()
    },
    isLost,
  }
}
