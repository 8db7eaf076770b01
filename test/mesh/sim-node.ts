/** One simulated machine: its clock, its disk and the core that runs on it. */
import type { SwimTransport } from '../../electron/agent/membership/swim/ports.ts'
import type { SwimRules } from '../../electron/agent/membership/swim/rules.ts'
import { createMember, isPresent, type Member } from '../../electron/agent/membership/swim/state/member.ts'
import type { MemberChange, TableBase } from '../../electron/agent/membership/swim/state/member-table.ts'
import { tableBase } from '../../electron/agent/membership/swim/state/member-table.ts'
import { createSwim, type Swim } from '../../electron/agent/membership/swim/swim.ts'
import type { Clock } from '../../electron/agent/support/clock.ts'
import { createFakeRandom } from '../fakes/fake-random.ts'
import type { EventQueue } from './event-queue.ts'
import type { Signatures } from './signatures.ts'

/** `killed`: refuses connections · `silent`: nothing comes back */
type Condition = 'up' | 'killed' | 'silent'

export interface SimNode {
  readonly index: number
  readonly id: string
  condition: Condition
  core: Swim | null
  hostile: boolean
  /** What it is for the mesh, whatever it does. */
  standing: 'member' | 'left' | 'removed'
  /** Said that it stops. */
  stopped: boolean
  /** Virtual time until which it stands still. */
  pausedUntil: number
  asleep: boolean
  /** Last time something happened to it that excuses a verdict about it, or one by it. */
  disturbed: number
  /** When the last fault that concerns it began. */
  touched: number
  wallOffset: number
  version: number
  admission: number
  /** Timers of an earlier life do not run. */
  life: number
}

interface NodeWorld {
  queue: EventQueue
  signatures: Signatures
  rules: SwimRules
  seed: number
  transport: (node: SimNode) => SwimTransport
  changed: (node: SimNode, change: MemberChange) => void
}

/** Wall clock at the start of the world. */
const epoch = Date.UTC(2026, 0, 1)

export function createSimNode(index: number, id: string): SimNode {
  const never = { pausedUntil: -Infinity, disturbed: -Infinity, touched: -Infinity }
  return {
    index,
    id,
    condition: 'killed',
    core: null,
    hostile: false,
    standing: 'member',
    stopped: false,
    asleep: false,
    ...never,
    wallOffset: 0,
    version: 2,
    admission: 0,
    life: 0,
  }
}

function clockOf(node: SimNode, queue: EventQueue): Clock {
  return {
    now: () => epoch + queue.time + node.wallOffset,
    monotonic: () => queue.time,
    after(delay, task) {
      const { life } = node
      let cancel = () => {}
      const run = () => {
        if (node.life !== life) return
        if (queue.time < node.pausedUntil) cancel = queue.at(node.pausedUntil, run)
        else task()
      }
      cancel = queue.at(queue.time + delay, run)
      return () => cancel()
    },
  }
}

/** Starts the node with what its disk holds. */
export function boot(node: SimNode, known: TableBase, world: NodeWorld): Swim {
  const { queue, signatures, rules, seed } = world
  node.life++
  node.condition = 'up'
  node.stopped = false
  const core = createSwim(
    {
      clock: clockOf(node, queue),
      random: createFakeRandom(Math.imul(seed, 0x9e3779b1) + node.index * 64 + node.life),
      transport: world.transport(node),
      trust: signatures.trustOf(node.id),
      report: () => undefined,
    },
    { self: node.id, incarnation: 1, known, rules },
  )
  core.changed.subscribe((change) => world.changed(node, change))
  node.core = core
  return core
}

/** The table as it is found again after a restart: nobody is certain. */
export function disk(node: SimNode, signatures: Signatures): TableBase {
  const { admits } = signatures.trustOf(node.id)
  const members: Member[] = []
  node.core?.members.each((member) => {
    members.push(isPresent(member) && member.node !== node.id ? createMember(member, 'suspect', admits) : member)
  })
  return tableBase(members)
}

/** A member as a warm mesh knows it, or a newcomer its contact. */
export function knownMember(node: SimNode, signatures: Signatures, verdict: 'online' | 'offline' = 'online'): Member {
  const { id, version, admission } = node
  const record = signatures.record({ node: id, version, left: node.standing === 'left' }, admission)
  const statement = signatures.statement({ node: id, incarnation: 1, gone: false })
  return createMember({ node: id, record, statement, notice: null }, verdict, signatures.trustOf(id).admits)
}
