/** The steady beat: whom to probe when, and now and then somebody believed offline, which is how partitions heal. */
import type { NodeId } from '../../components.ts'
import type { SwimContext } from './context.ts'
import type { Probing } from './probing.ts'
import type { LocalHealth } from './state/local-health.ts'
import { belongs, isPresent, type Member } from './state/member.ts'
import type { MemberChange } from './state/member-table.ts'
import { createProbeOrder } from './state/probe-order.ts'

/**
 * In a small mesh, who was heard or asked within this part of the interval need not be asked; how often that is looked
 * at is the rest, so that nobody is silent for longer than the interval unnoticed.
 */
const heardRecently = 0.8
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
  const interval = () => (isSmall() ? (1 - heardRecently) * rules.smallMeshInterval : rules.probeInterval)
  /** Monotonic times, in a small mesh. */
  const askedAt = new Map<NodeId, number>()

  function probe(): void {
    if (isSmall()) probeSilent()
    else probeNext()
  }

  function probeSilent(): void {
    const now = timers.monotonic()
    const isSilent = (node: NodeId) =>
      Math.max(heardAt(node), askedAt.get(node) ?? -Infinity) <= now - heardRecently * rules.smallMeshInterval
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
    timers.after(interval() * health.factor, () => {
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
