/** The steady beat: whom to probe when, and now and then somebody believed offline, which is how partitions heal. */
import type { NodeId } from '../../components.ts'
import type { SwimContext } from './context.ts'
import type { Probing } from './probing.ts'
import type { LocalHealth } from './state/local-health.ts'
import { belongs, isPresent, type Member } from './state/member.ts'
import type { MemberChange } from './state/member-table.ts'
import { createProbeOrder } from './state/probe-order.ts'

/** How often a small mesh is looked through for members to ask, as part of its interval. */
const lookThrough = 0.2
/**
 * With more others than this, each waits longer: that many notice a silent member as quickly as fewer did, and traffic
 * does not grow with their number.
 */
const watchers = 4
/** Members of a round passed over at a time because they are gone meanwhile. */
const maxSkipped = 16

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
  const interval = () => (isSmall() ? lookThrough * rules.smallMeshInterval : rules.probeInterval)
  /** In a small mesh, who was heard or asked within this time (ms) need not be asked. */
  const patience = () => (Math.max(1, (table.present - 1) / watchers) - lookThrough) * rules.smallMeshInterval
  /** Monotonic times, in a small mesh. */
  const askedAt = new Map<NodeId, number>()

  function probe(): void {
    if (isSmall()) probeSilent()
    else probeNext()
  }

  function probeSilent(): void {
    const now = timers.monotonic()
    const since = now - patience()
    const isSilent = (node: NodeId) => Math.max(heardAt(node), askedAt.get(node) ?? -Infinity) <= since
    const silent: NodeId[] = []
    table.each((member) => void (member.node !== self && isPresent(member) && isSilent(member.node) && silent.push(member.node)))
    for (const node of silent) {
      askedAt.set(node, now)
      probing.probe(node)
    }
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
    // at random in a small mesh, so that of two members now one asks and now the other
    const part = isSmall() ? 0.5 + 0.5 * random.fraction() : 1
    timers.after(part * interval() * health.factor, () => {
      beat()
      probe()
    })
  }

  function heal(): void {
    timers.after(rules.healInterval * (0.8 + 0.4 * random.fraction()), () => {
      heal()
      const node = [...lost][Math.floor(random.fraction() * lost.size)]
      if (node !== undefined) probing.probe(node, { faint: true })
    })
  }

  /** Who said that it stops is one of them: when it is back, it may be able to answer us and not to call us. */
  const isLost = (member: Member) => member.state === 'offline' && belongs(member)

  function note(member: Member): void {
    if (isLost(member)) lost.add(member.node)
    else lost.delete(member.node)
    if (!isPresent(member)) askedAt.delete(member.node)
  }

  return {
    start(): void {
      if (table.size > table.present) table.each(note)
      timers.after(random.fraction() * interval(), () => {
        beat()
        probe()
      })
      heal()
    },
    /** A member changed. A newcomer is probed within the running round. */
    changed({ previous, current }: MemberChange): void {
      if (!previous && current.node !== self) order.insert(current.node)
      note(current)
    },
    isLost,
  }
}
