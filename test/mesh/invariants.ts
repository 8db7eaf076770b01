/** What must hold in every run, whatever happens. */
import type { Answer, Message, Request } from '../../electron/agent/membership/swim/messages.ts'
import { swimRules } from '../../electron/agent/membership/swim/rules.ts'
import type { MemberChange } from '../../electron/agent/membership/swim/state/member-table.ts'
import { disagreement } from './agreement.ts'
import type { SimNode } from './sim-node.ts'
import type { Watcher, World } from './world.ts'

export interface Violation {
  rule: string
  text: string
  /** Virtual time, ms. */
  at: number
  observer: string
  subject: string
}

interface Options {
  world: () => World
  /** False deaths are counted only. */
  lossy: boolean
  /** The protocol under test gives everybody a chance to refute. False for plain SWIM. */
  fair: boolean
}

/** Who was disturbed within this time, ms, may be given up, and may give others up. */
const undisturbed = 15_000
/** Largest question or answer of a full sync, characters. */
const largestExchange = 512 * 1024
/** Messages of an honest node within one second: 600, or so many per node of the mesh, for whom everybody joins through at once. */
const mostPerSecond = { least: 600, perNode: 4 }
/** A member that can be reached leaves our screen no more than once in this time, ms. */
const flapPause = 60_000
/** Who stood still answers afterwards what arrived meanwhile, ms. */
const backlog = 2_000
const exchanges = new Set<string>(['compare', 'entries', 'give', 'fetch', 'same', 'facts', 'taken', 'buckets'])

export function createInvariants({ world, lossy, fair }: Options) {
  const violations: Violation[] = []
  const lastPing = new Map<number, number>()
  /** When an observer last held a member for not online that is. */
  const flaps = new Map<number, number>()
  const sentNow = new Map<SimNode, { second: number; count: number }>()
  let falseDeaths = 0

  function broken(rule: string, text: string, [observer, subject]: readonly [SimNode, SimNode]): void {
    if (violations.length < 20) violations.push({ rule, text, at: world().queue.time, observer: observer.id, subject: subject.id })
  }

  const isQuiet = (node: SimNode, now: number) => now - node.disturbed > undisturbed && now >= node.pausedUntil

  function isFalseDeath(observer: SimNode, subject: SimNode, { previous, current }: MemberChange): boolean {
    const wasThere = previous?.state === 'online' || previous?.state === 'suspect'
    if (!wasThere || current.state !== 'offline' || current.statement?.gone === true) return false
    const { isUp, network, queue } = world()
    const both = [observer, subject]
    return (
      both.every((node) => isUp(node) && node.standing === 'member' && isQuiet(node, queue.time)) &&
      !subject.hostile &&
      network.connected(observer.index, subject.index)
    )
  }

  /** Each fault may cost one. */
  function flapped([observer, subject]: readonly [SimNode, SimNode], { previous, current }: MemberChange): void {
    const { isUp, network, queue } = world()
    const lost = previous?.state === 'online' && current.state !== 'online'
    if (!lost || lossy || !fair || subject.hostile || ![observer, subject].every((node) => isUp(node) && node.standing === 'member')) return
    if (!network.connected(observer.index, subject.index)) return
    const key = observer.index * 65_536 + subject.index
    const before = flaps.get(key) ?? -Infinity
    flaps.set(key, queue.time)
    if (queue.time - before < flapPause && Math.max(observer.touched, subject.touched) < before)
      broken('at most one flap per minute', `${observer.index} lost sight of ${subject.index} again`, [observer, subject])
  }

  function changed(observer: SimNode, change: MemberChange): void {
    const { previous, current } = change
    const subject = world().byId(current.node)
    if (observer.hostile || !subject) return
    const pair = [observer, subject] as const
    const { record, statement } = current
    if ((record?.version ?? 0) < (previous?.record?.version ?? 0))
      broken('no record regresses', 'an older record replaced a newer one', pair)
    if ((statement?.incarnation ?? 0) < (previous?.statement?.incarnation ?? 0))
      broken('no record regresses', 'an incarnation went back', pair)
    if ((record?.version ?? 0) > subject.version) broken('nobody alters a record', 'a version that its node never made', pair)
    const back = previous?.state === 'removed' && current.state !== 'removed'
    if (back && subject.standing === 'removed') broken('removed members never come back', `it became ${current.state}`, pair)
    if (current.state === 'removed' && subject.standing === 'member' && subject.admission === 0)
      broken('nobody is removed by a lie', 'removed', pair)
    flapped(pair, change)
    if (!isFalseDeath(observer, subject, change)) return
    falseDeaths++
    const text = `${observer.index} gave up ${subject.index}, which is alive and connected`
    if (!lossy && fair) broken('nobody alive is given up', text, pair)
    const asked = lastPing.get(observer.index * 65_536 + subject.index) ?? -Infinity
    if (fair && world().queue.time - asked > undisturbed) broken('nobody is given up unasked', text, pair)
  }

  function sent(from: SimNode, to: SimNode, message: Message | Request | Answer, size: number): void {
    if (from.hostile) return
    const now = world().queue.time
    if (message.type === 'ping') lastPing.set(from.index * 65_536 + to.index, now)
    const limit = exchanges.has(message.type) ? largestExchange : swimRules.messageSize
    if (size > limit) broken('messages are bounded', `a ${message.type} of ${size} characters`, [from, to])
    const second = Math.floor(now / 1000)
    const most = Math.max(mostPerSecond.least, mostPerSecond.perNode * world().nodes.length)
    const counted = sentNow.get(from)
    if (counted?.second !== second) sentNow.set(from, { second, count: 1 })
    else if (++counted.count === most && now - from.disturbed > backlog)
      broken('traffic is bounded', `${most} messages within a second`, [from, to])
  }

  return {
    watcher: { changed, sent } satisfies Watcher,
    violations,
    falseDeaths: () => falseDeaths,
    /** Bounds that hold at any time. */
    inspect(): void {
      for (const node of world().nodes) {
        if (!node.core || node.hostile) continue
        const { rumours, doubts } = node.core.load()
        if (rumours > swimRules.queueSize || doubts > world().nodes.length)
          broken('memory is bounded', `${rumours} rumours, ${doubts} doubts`, [node, node])
      }
    },
    /** After the last event. */
    conclude(): void {
      const found = disagreement(world())
      if (found) broken('all that live and are connected agree', found.text, [found.observer, found.subject])
    },
  }
}
