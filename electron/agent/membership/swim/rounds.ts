/** The steady beat: whom to probe when, and now and then somebody believed offline, which is how partitions heal. */
import type { NodeId } from '../../components.ts'
import type { SwimContext } from './context.ts'
import type { Probing } from './probing.ts'
import type { LocalHealth } from './state/local-health.ts'
import { belongs, isPresent, type Member } from './state/member.ts'
import type { MemberChange } from './state/member-table.ts'
import { createProbeOrder } from './state/probe-order.ts'

/** In a small mesh, who was heard within this part of the interval need not be asked. */
const heardRecently = 0.9
/** Beats in that interval, at least: with few to ask, who falls silent between two beats must not wait for long. */
const leastBeats = 4
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
  const others = () => Math.max(1, table.present - 1)
  const isSmall = () => table.present <= rules.smallMesh
  const interval = () => (isSmall() ? rules.smallMeshInterval / Math.max(leastBeats, others()) : rules.probeInterval)

  function probeNext(): void {
    const fresh = timers.monotonic() - heardRecently * rules.smallMeshInterval
    for (let skipped = 0; skipped < maxSkipped; skipped++) {
      const node = order.next(table.nodes)
      if (node === null) return
      if (node === self || !isPresent(table.get(node))) continue
      if (!isSmall() || heardAt(node) < fresh) probing.probe(node)
      return
    }
  }

  function beat(): void {
    timers.after(interval() * health.factor, () => {
      beat()
      probeNext()
    })
  }

  function heal(): void {
    timers.after(rules.healInterval * (0.8 + 0.4 * random.fraction()), () => {
      heal()
      const node = [...lost][Math.floor(random.fraction() * lost.size)]
      if (node !== undefined) probing.probe(node, { faint: true })
    })
  }

  /** Offline without having said that it stops: a newcomer announces itself. */
  const isLost = (member: Member) => member.state === 'offline' && belongs(member) && member.statement?.gone !== true

  function note(member: Member): void {
    if (isLost(member)) lost.add(member.node)
    else lost.delete(member.node)
  }

  return {
    start(): void {
      if (table.size > table.present) table.each(note)
      timers.after(random.fraction() * interval(), () => {
        beat()
        probeNext()
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
