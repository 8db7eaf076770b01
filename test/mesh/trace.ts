/** What happened between two nodes, to be read by people. */
import type { Message } from '../../electron/agent/membership/swim/messages.ts'
import type { MemberChange } from '../../electron/agent/membership/swim/state/member-table.ts'
import type { Fault } from './scenarios.ts'
import type { SimNode } from './sim-node.ts'
import type { Watcher, World } from './world.ts'

/** The last so many events are kept. */
const kept = 80

export function createTrace(world: () => World, follow: readonly [string, string] = ['', '']) {
  const lines: string[] = []
  const [observer, subject] = follow

  function note(text: string): void {
    lines.push(`${(world().queue.time / 1000).toFixed(3).padStart(9)} s  ${text}`)
    if (lines.length > kept) lines.shift()
  }

  const concerns = (message: Message) => {
    const text = JSON.stringify(message)
    return text.includes(subject) || text.includes(observer)
  }

  return {
    watcher: {
      received(from, to, message) {
        const between = follow.includes(from.id) && follow.includes(to.id)
        if (!between && !(to.id === observer && concerns(message))) return
        const text = JSON.stringify(message).replaceAll(/~+/gu, '~').slice(0, 160)
        note(`${from.index} → ${to.index}  ${text}`)
      },
      changed({ index, id }: SimNode, { previous, current }: MemberChange) {
        if (!follow.includes(id) || !follow.includes(current.node)) return
        const about = `record ${current.record?.version}, incarnation ${current.statement?.incarnation}`
        note(
          `${index} now holds ${world().byId(current.node)?.index} for ${current.state}, before ${previous?.state ?? 'unknown'} (${about})`,
        )
      },
    } satisfies Watcher,
    fault: ({ at: _at, ...fault }: Fault, nodes: readonly SimNode[]) =>
      note(`* ${JSON.stringify(fault)} ${nodes.length > 0 ? `on ${nodes.map(({ index }) => index).join(', ')}` : ''}`),
    lines: () => lines,
  }
}
