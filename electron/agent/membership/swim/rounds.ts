/** The steady beat: whom to probe when, and now and then somebody believed offline, which is how partitions heal. */
import type { NodeId } from '../../components.ts'
import type { SwimContext } from './context.ts'
import type { Probing } from './probing.ts'
import type { LocalHealth } from './state/local-health.ts'
import { belongs, isPresent, type Member } from './state/member.ts'
import { choosePartners } from './state/partners.ts'
import { createProbeOrder } from './state/probe-order.ts'

/** In a small mesh, who was heard within this part of the interval need not be asked. */
const heardRecently = 0.9
/** Members of a round passed over at a time because they are gone meanwhile. */
const maxSkipped = 16

interface Components extends Pick<SwimContext, 'self' | 'rules' | 'timers' | 'random' | 'table'> {
  probing: Probing
  health: LocalHealth
  heardAt: (node: NodeId) => number
}

export type Rounds = ReturnType<typeof createRounds>

export function createRounds({ self, rules, timers, random, table, probing, health, heardAt }: Components) {
  const order = createProbeOrder(random)
  const others = () => Math.max(1, table.present - 1)
  const isSmall = () => table.present <= rules.smallMesh
  const interval = () => (isSmall() ? rules.smallMeshInterval / others() : rules.probeInterval)

  function everybody(): NodeId[] {
    const nodes: NodeId[] = []
    table.each((member) => void (member.node !== self && isPresent(member) && nodes.push(member.node)))
    return nodes
  }

  function probeNext(): void {
    const fresh = timers.monotonic() - heardRecently * rules.smallMeshInterval
    for (let skipped = 0; skipped < maxSkipped; skipped++) {
      const node = order.next(everybody)
      if (node === null) return
      if (!isPresent(table.get(node))) continue
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
      for (const { node } of choosePartners(table, { count: 1, random, suits: isLost })) probing.probe(node, { faint: true })
    })
  }

  /** Offline without having said that it stops: a newcomer announces itself. */
  const isLost = (member: Member) => member.state === 'offline' && belongs(member) && member.statement?.gone !== true

  return {
    start(): void {
      timers.after(random.fraction() * interval(), () => {
        beat()
        probeNext()
      })
      heal()
    },
    /** A newcomer is probed within the running round. */
    insert: (node: NodeId) => order.insert(node),
    isLost,
  }
}
