/** Whether all that live and are connected see the same, and see what is. */
import type { MemberState } from '../../electron/agent/membership/swim/state/member.ts'
import type { SimNode } from './sim-node.ts'
import type { World } from './world.ts'

/** What everybody should hold of a node once things have calmed down. */
function truth(node: SimNode): MemberState {
  if (node.standing !== 'member') return node.standing
  return node.condition === 'up' ? 'online' : 'offline'
}

/** The first difference between a view and the truth, in words; null when there is none. */
export function disagreement(world: World): { observer: SimNode; subject: SimNode; text: string } | null {
  const { nodes, queue, network } = world
  const observers = nodes.filter(
    (node) => world.isUp(node) && node.standing === 'member' && !node.hostile && queue.time >= node.pausedUntil,
  )
  for (const observer of observers) {
    for (const subject of nodes) {
      if (subject === observer || subject.hostile || !subject.core || !network.connected(observer.index, subject.index)) continue
      const member = observer.core?.members.get(subject.id)
      const state = member?.state ?? 'unknown'
      const expected = truth(subject)
      const version = member?.record?.version ?? 0
      const isStale = expected === 'online' && version !== subject.version
      if (state === expected && !isStale) continue
      const text = `${observer.index} holds ${subject.index} for ${state} with record ${version}; it is ${expected} with record ${subject.version}`
      return { observer, subject, text }
    }
  }
  return null
}
